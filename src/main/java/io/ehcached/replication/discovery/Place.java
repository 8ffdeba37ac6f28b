package io.ehcached.replication.discovery;

import io.ehcached.replication.link.PeerUrl;
import java.net.InetAddress;

/** A region of a node, by the node's address. */
record Place(Node node, String region) {
  /** A node, by where its registry is. */
  record Node(InetAddress address, int port) {}

  static Place of(InetAddress address, PeerUrl url) {
    return new Place(new Node(address, url.port()), url.region());
  }
}
