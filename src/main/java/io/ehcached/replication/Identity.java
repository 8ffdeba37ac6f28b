package io.ehcached.replication;

import io.ehcached.replication.wire.FrameHeader;
import io.ehcached.replication.wire.FrameType;
import io.ehcached.replication.wire.FrameWriter;

/**
 * By what a node's region is known to its peers.
 *
 * @param region the region's name
 * @param url where this node's region can be reached
 * @param incarnation a random number, drawn when the process started
 */
public record Identity(String region, String url, long incarnation) {
  FrameWriter frame(FrameType type, int expected) {
    return new FrameHeader(type, incarnation, region, url).start(expected);
  }
}
