package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * What a node says of itself to a peer that it meets, at the end of {@link FrameType#HELLO} and of
 * the answer to it: nodes of 1.0 say nothing there, and read no further.
 *
 * @param version the newest that it speaks
 * @param release of the program, {@code 0.1.0} say; nothing when it does not say
 */
public record Speaker(WireVersion version, String release) {
  /** A node that says nothing of the kind. */
  public static final Speaker OLDEST = new Speaker(WireVersion.OLDEST, "");

  private static final int MOST_RELEASE = 64;

  /** Adds it, behind all else. */
  public void write(FrameWriter out) {
    out.u8(version.code()).text(release);
  }

  /** Reads it where it is there. */
  public static Speaker read(FrameReader in) throws IOException {
    if (in.left() == 0) {
      return OLDEST;
    }
    return new Speaker(WireVersion.of(in.u8()), shown(in.text(), MOST_RELEASE));
  }

  /** Returns text of a peer's as it may stand in the log and in statistics. */
  static String shown(String text, int most) {
    String some = text.length() > most ? text.substring(0, most) : text;
    return some.chars().allMatch(c -> c > ' ' && c <= '~') ? some : some.replaceAll("[^!-~]", "?");
  }

  /** Returns it as messages name it: {@code 1.1 (ehcached 0.1.0)}. */
  @Override
  public String toString() {
    return release.isEmpty() ? version.toString() : version + " (ehcached " + release + ")";
  }
}
