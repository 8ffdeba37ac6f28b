package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * The versions that a node reports to a peer at the end of {@link FrameType#HELLO} and of the
 * answer to it. Nodes of version 1.0 report nothing there, and read no further.
 *
 * @param version the newest wire version that the node supports
 * @param release of the program, for example {@code 0.1.0}; empty if the node does not report it
 */
public record PeerVersion(WireVersion version, String release) {
  /** A node that says nothing of the kind. */
  public static final PeerVersion OLDEST = new PeerVersion(WireVersion.OLDEST, "");

  private static final int MAX_RELEASE = 64;

  /** Adds it, behind all else. */
  public void write(FrameWriter out) {
    out.u8(version.code()).text(release);
  }

  /** Reads it where it is there. */
  public static PeerVersion read(FrameReader in) throws IOException {
    if (in.left() == 0) {
      return OLDEST;
    }
    return new PeerVersion(WireVersion.of(in.u8()), shown(in.text(), MAX_RELEASE));
  }

  /** Returns text of a peer's as it may stand in the log and in statistics. */
  static String shown(String text, int max) {
    String some = text.length() > max ? text.substring(0, max) : text;
    return some.chars().allMatch(c -> c > ' ' && c <= '~') ? some : some.replaceAll("[^!-~]", "?");
  }

  /** Returns it as messages name it: {@code 1.1 (ehcached 0.1.0)}. */
  @Override
  public String toString() {
    return release.isEmpty() ? version.toString() : version + " (ehcached " + release + ")";
  }
}
