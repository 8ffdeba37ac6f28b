package io.ehcached.replication.wire;

/**
 * By what a node's region is known to its peers.
 *
 * @param region the region's name
 * @param url where this node's region can be reached
 * @param incarnation a random number, drawn when the process started
 * @param release of the program, {@code 0.1.0} say
 */
public record Identity(String region, String url, long incarnation, String release) {
  /** Starts a frame in the version that the peer speaks, too. */
  public FrameWriter frame(WireVersion version, FrameType type, int expected) {
    return new FrameHeader(version, type, incarnation, region, url).start(expected);
  }

  /** Returns what this node tells peers that it meets. */
  public PeerVersion speaker() {
    return new PeerVersion(WireVersion.NEWEST, release);
  }
}
