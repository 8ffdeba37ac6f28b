package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * A version of what peers say to each other: of the frames in this package, and all that is in
 * them. Nodes of one major number understand each other, and speak the lower minor one of the two;
 * nodes of different major numbers do not. Decision 18 says which change needs which number.
 *
 * @param major 1 to 15
 * @param minor 0 to 15
 */
public record WireVersion(int major, int minor) implements Comparable<WireVersion> {
  /** The oldest that this node speaks, in which every first frame is written. */
  public static final WireVersion OLDEST = new WireVersion(1, 0);

  /** From which on nodes tell each other what they have seen. */
  public static final WireVersion HISTORIES = new WireVersion(1, 2);

  /** From which on nodes tell each other which peers they have. */
  public static final WireVersion MEMBERS = new WireVersion(1, 5);

  /** The newest that this node speaks: from 1.1 on, nodes that meet say which they are. */
  public static final WireVersion NEWEST = MEMBERS;

  private static final int BITS = 4;
  private static final int MASK = (1 << BITS) - 1;

  /** Returns the byte that stands for it; that of 1.0 is 1. */
  int code() {
    return minor << BITS | major;
  }

  static WireVersion of(int code) throws IOException {
    if ((code & MASK) == 0) {
      throw new IOException("no version of a frame: " + code);
    }
    return new WireVersion(code & MASK, code >> BITS);
  }

  /** Tells whether a node that speaks this can talk to one that speaks {@code other}. */
  public boolean understands(WireVersion other) {
    return major == other.major;
  }

  /** Returns what two nodes of one major number speak with each other. */
  public WireVersion with(WireVersion other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(WireVersion other) {
    return Integer.compare(major << BITS | minor, other.major << BITS | other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
