package io.ehcached.server;

import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Request;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;

/**
 * Received bytes that are not decoded yet. Each byte is copied only a few times, however large the
 * input is and in however many pieces it arrives and is consumed.
 */
final class InputBuffer {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  /** Returns how many bytes there are. */
  int length() {
    return to - from;
  }

  /** Returns how much memory they take, in bytes. */
  int held() {
    return bytes.length;
  }

  /** Adds what has arrived. */
  void add(ByteBuf in) {
    int more = in.readableBytes();
    if (more > bytes.length - to) {
      makeRoomFor(more);
    }
    in.readBytes(bytes, to, more);
    to += more;
  }

  private void makeRoomFor(int more) {
    int length = length();
    byte[] room = bytes;
    if (length + more > bytes.length / 2) { // else what was moved is less than what has gone
      room = new byte[Math.max(length + more, 2 * length)];
    }
    System.arraycopy(bytes, from, room, 0, length);
    bytes = room;
    from = 0;
    to = length;
  }

  /** Moves all into the beginning of an array. */
  void moveTo(byte[] array) {
    System.arraycopy(bytes, from, array, 0, length());
    clear();
  }

  /** Keeps a copy of what a decoder left of an array, where there was nothing here. */
  void keep(byte[] array, int at, int end) {
    if (at < end) {
      bytes = Arrays.copyOfRange(array, at, end);
      to = end - at;
    }
  }

  /** Has a decoder read so many requests at most; returns how many bytes it has taken. */
  int decode(Decoder decoder, List<Request> out, int limit) {
    int before = from;
    from = decoder.decode(bytes, from, to, out, limit);
    int taken = from - before;
    if (from == to) {
      clear();
    } else if (length() < bytes.length / 4 && bytes.length > MemoryBudget.SMALL) {
      bytes = Arrays.copyOfRange(bytes, from, to); // or a little would be counted as much
      to -= from;
      from = 0;
    }
    return taken;
  }

  /** Forgets all. */
  void clear() {
    bytes = NOTHING;
    from = 0;
    to = 0;
  }
}
