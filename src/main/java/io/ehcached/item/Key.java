package io.ehcached.item;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The name of an item: 1 to {@value #MAX_LENGTH} bytes, as {@code protocol.txt} allows. The hash is
 * seeded per process, so that nobody can choose keys which all fall into one bucket.
 */
public final class Key implements Serializable, Comparable<Key> {
  /** The longest key that a client may send, in bytes. */
  public static final int MAX_LENGTH = 250;

  private static final long serialVersionUID = 1L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A random number, so that clients cannot choose keys of one hash; simulations fix it. */
  private static final long SEED =
      Long.getLong("ehcached.hashSeed", new SecureRandom().nextLong()) | 1;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final byte[] bytes;
  private final transient int hash;

  private Key(byte[] bytes) {
    this(bytes, hash(bytes));
  }

  private Key(byte[] bytes, int hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  /** Returns the key of these bytes, which must not be changed afterwards. */
  public static Key wrap(byte[] bytes) {
    return new Key(bytes);
  }

  /**
   * Returns the key of these parts.
   *
   * @param bytes as {@link #bytes} gave them
   * @param hash as {@link #hashCode} gave it, in this process
   */
  public static Key of(byte[] bytes, int hash) {
    return new Key(bytes, hash);
  }

  /** Returns the key of a part of {@code source}, which is copied. */
  public static Key of(byte[] source, int offset, int length) {
    return new Key(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** Returns the key with the UTF-8 bytes of {@code name}. */
  public static Key of(String name) {
    return new Key(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns the key's own bytes, which must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  private static int hash(byte[] bytes) {
    long h = SEED ^ bytes.length;
    int i = 0;
    for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
      h = mix(h ^ (long) LONGS.get(bytes, i));
    }
    if (i < bytes.length) {
      long tail = 0;
      for (int shift = 0; i < bytes.length; i++, shift += Byte.SIZE) {
        tail |= (bytes[i] & 0xFFL) << shift;
      }
      h = mix(h ^ tail);
    }
    return (int) (h ^ (h >>> 32));
  }

  private static long mix(long h) {
    h *= MIX;
    return (h ^ (h >>> 29)) * SEED;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Key that && hash == that.hash && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** Returns the key as text, in which each byte is an ISO 8859-1 character. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Object readResolve() throws InvalidObjectException {
    if (bytes == null || bytes.length > MAX_LENGTH) {
      throw new InvalidObjectException("a key has at most " + MAX_LENGTH + " bytes");
    }
    return new Key(bytes);
  }
}
