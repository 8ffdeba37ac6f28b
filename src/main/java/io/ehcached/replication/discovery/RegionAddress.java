package io.ehcached.replication.discovery;

import io.ehcached.replication.link.PeerUrl;
import java.net.InetAddress;

/** The address of a region: its node, and its name. */
record RegionAddress(Node node, String region) {
  /** A node, by where its registry is. */
  record Node(InetAddress address, int port) {}

  static RegionAddress of(InetAddress address, PeerUrl url) {
    return new RegionAddress(new Node(address, url.port()), url.region());
  }
}
