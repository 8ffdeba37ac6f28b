package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * How every frame starts.
 *
 * @param type what is asked
 * @param incarnation the sender's process: a number it drew when it started
 * @param region the region's name
 * @param url where the sender says it can be reached
 */
public record FrameHeader(FrameType type, long incarnation, String region, String url) {
  /** The version of all that is in this package. */
  private static final int VERSION = 1;

  /** Starts a frame. */
  public FrameWriter start(int expected) {
    return new FrameWriter(expected + 128)
        .u8(VERSION)
        .u8(type.code())
        .i64(incarnation)
        .text(region)
        .text(url);
  }

  /** Reads a frame's start. */
  public static FrameHeader read(FrameReader in) throws IOException {
    int version = in.u8();
    if (version != VERSION) {
      throw new IOException(
          "a frame of version " + version + ", where this node speaks " + VERSION);
    }
    return new FrameHeader(FrameType.of(in.u8()), in.i64(), in.text(), in.text());
  }
}
