package io.ehcached.protocol.binary;

import io.ehcached.item.Key;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request packet, looked at where it lies in the input, so that nothing is copied: a header of
 * {@value #HEADER_LENGTH} bytes, then the body, which is extras, key and value. Numbers are
 * big-endian. Used again for packet after packet.
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

  /** Turns to the packet whose header, which is there, starts at {@code from}. */
  void look(byte[] input, int from) {
    in = input;
    at = from;
  }

  /** Lets go of the input. */
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

  /** Returns how long extras, key and value are together, as the client says. */
  long bodyLength() {
    return Integer.toUnsignedLong((int) INTS.get(in, at + BODY_LENGTH));
  }

  /** Returns what the body's length leaves for a value; negative when not even key and extras. */
  long valueLength() {
    return bodyLength() - extrasLength() - keyLength();
  }

  /** Returns how long the packet is without the value. */
  int lengthBeforeValue() {
    return HEADER_LENGTH + extrasLength() + keyLength();
  }

  int opaque() {
    return (int) INTS.get(in, at + OPAQUE);
  }

  long cas() {
    return (long) LONGS.get(in, at + CAS);
  }

  /** Returns the 32 bits that stand so many bytes behind the start of the extras. */
  int extrasInt(int offset) {
    return (int) INTS.get(in, at + HEADER_LENGTH + offset);
  }

  /** Returns the 64 bits that stand so many bytes behind the start of the extras. */
  long extrasLong(int offset) {
    return (long) LONGS.get(in, at + HEADER_LENGTH + offset);
  }

  Key key() {
    return Key.of(in, at + HEADER_LENGTH + extrasLength(), keyLength());
  }

  /** Tells whether the key is this word of capital letters, in letters of either kind. */
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
