package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * How every frame starts.
 *
 * @param version in which the frame is written, and the answer is to be
 * @param type what is asked
 * @param incarnation the sender's process: a number it drew when it started
 * @param region the region's name
 * @param url where the sender says it can be reached
 */
public record FrameHeader(
    WireVersion version, FrameType type, long incarnation, String region, String url) {
  /** What an answer begins with. */
  public static final int OK = 0;

  /** What an answer begins with, and ends, that comes from the very node that asked. */
  public static final int IS_SELF = 1;

  /** What an answer to {@code HELLO} begins with whose caller is no peer; from version 1.5 on. */
  public static final int REFUSED = 2;

  static final int MAX_URL = 300;

  /** Starts a frame. */
  public FrameWriter start(int expected) {
    return new FrameWriter(expected + 128)
        .u8(version.code())
        .u8(type.code())
        .i64(incarnation)
        .text(region)
        .text(url);
  }

  /**
   * Reads a frame's start.
   *
   * @throws OtherVersionException when it is of a major version that this node does not speak
   */
  public static FrameHeader read(FrameReader in) throws IOException {
    WireVersion version = WireVersion.of(in.u8());
    if (!WireVersion.NEWEST.understands(version)) {
      throw stranger(version, in);
    }
    if (version.compareTo(WireVersion.NEWEST) > 0) {
      throw new IOException(
          "a frame of version " + version + ", where this node speaks " + WireVersion.NEWEST);
    }
    return new FrameHeader(version, FrameType.of(in.u8()), in.i64(), in.text(), in.text());
  }

  /** A first frame keeps its form in all versions, so that it can be said who is refused. */
  private static OtherVersionException stranger(WireVersion version, FrameReader in) {
    PeerVersion speaker = new PeerVersion(version, "");
    String url = "";
    try {
      if (in.u8() == FrameType.HELLO.code()) {
        in.i64();
        in.text();
        url = PeerVersion.shown(in.text(), MAX_URL);
        speaker = in.left() == 0 ? speaker : PeerVersion.read(in);
      }
    } catch (IOException e) {
      // then the rest has another form, too
    }
    return OtherVersionException.of(speaker, url);
  }
}
