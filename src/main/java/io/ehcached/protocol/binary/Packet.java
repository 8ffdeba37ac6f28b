package io.ehcached.protocol.binary;

import io.ehcached.item.Key;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request packet, read in place in the input: a header of {@value #HEADER_LENGTH} bytes, then the
 * body, which is extras, key and value. Numbers are big-endian. Reused for each packet.
 */
final class Packet {
  static final int HEADER_LENGTH = 24;

  private static final int OPCODE = 1;
  private static final int KEY_LENGTH = 2;
  private static final int EXTRAS_LENGTH = 4; // behind it data type and vbucket, of no use here
  private static final int BODY_LENGTH = 8;
  private static final int OPAQUE = 12;
  private static final int CAS = 16;

  private static final VarHandle SHORTS = bigEndian(short[].class);
  private static final VarHandle INTS = bigEndian(int[].class);
  private static final VarHandle LONGS = bigEndian(long[].class);

  private byte[] in;
  private int at;

  private static VarHandle bigEndian(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }

  /** Sets the packet to the one whose header starts at {@code from}; the header is complete. */
  void look(byte[] input, int from) {
    in = input;
    at = from;
  }

  /** Releases the input. */
  void forget() {
    in = null;
  }

  int opcode() {
    return in[at + OPCODE] & 0xFF;
  }

  int keyLength() {
    return (short) SHORTS.get(in, at + KEY_LENGTH) & 0xFFFF;
  }

  int extrasLength() {
    return in[at + EXTRAS_LENGTH] & 0xFF;
  }

  /** Returns the length of extras, key and value together, in bytes, as the client states it. */
  long bodyLength() {
    return Integer.toUnsignedLong((int) INTS.get(in, at + BODY_LENGTH));
  }

  /**
   * Returns the length of the value, in bytes; negative when the body is too short for key and
   * extras.
   */
  long valueLength() {
    return bodyLength() - extrasLength() - keyLength();
  }

  /** Returns the length of the packet without the value, in bytes. */
  int lengthBeforeValue() {
    return HEADER_LENGTH + extrasLength() + keyLength();
  }

  int opaque() {
    return (int) INTS.get(in, at + OPAQUE);
  }

  long cas() {
    return (long) LONGS.get(in, at + CAS);
  }

  /** Returns the 32 bits at an offset in the extras. */
  int extrasInt(int offset) {
    return (int) INTS.get(in, at + HEADER_LENGTH + offset);
  }

  /** Returns the 64 bits at an offset in the extras. */
  long extrasLong(int offset) {
    return (long) LONGS.get(in, at + HEADER_LENGTH + offset);
  }

  Key key() {
    return Key.of(in, at + HEADER_LENGTH + extrasLength(), keyLength());
  }

  /** Tells whether the key is this word, ignoring case; the word is in capital letters. */
  boolean keyIs(byte[] word) {
    int from = at + HEADER_LENGTH + extrasLength();
    boolean same = keyLength() == word.length;
    for (int i = 0; same && i < word.length; i++) {
      same = (in[from + i] & ~0x20) == word[i];
    }
    return same;
  }

  /** Returns the words that the key consists of. */
  List<String> words() {
    int from = at + HEADER_LENGTH + extrasLength();
    String words = new String(in, from, keyLength(), StandardCharsets.ISO_8859_1).strip();
    return words.isEmpty() ? List.of() : List.of(words.split(" +", -1));
  }
}
