package io.ehcached.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A packet of memcached's binary protocol in the making: the lengths in its header are those of its
 * parts, unless others are asked for.
 */
public final class BinaryPacket {
  private static final int HEADER_LENGTH = 24;
  private static final byte REQUEST = (byte) 0x80;

  private final int opcode;
  private byte magic = REQUEST;
  private byte[] extras = {};
  private byte[] key = {};
  private byte[] value = {};
  private int opaque;
  private long cas;
  private int keyLength = -1;
  private int extrasLength = -1;
  private long bodyLength = -1;

  private BinaryPacket(int opcode) {
    this.opcode = opcode;
  }

  /** Starts a request. */
  public static BinaryPacket of(int opcode) {
    return new BinaryPacket(opcode);
  }

  /** Sets the first byte. */
  public BinaryPacket magic(int magic) {
    this.magic = (byte) magic;
    return this;
  }

  /** Adds 32 bits to the extras. */
  public BinaryPacket extra(int bits) {
    return extra(ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
  }

  /** Adds 64 bits to the extras. */
  public BinaryPacket extra(long bits) {
    return extra(ByteBuffer.allocate(Long.BYTES).putLong(bits).array());
  }

  /** Adds bytes to the extras. */
  public BinaryPacket extra(byte[] bytes) {
    extras = ByteBuffer.allocate(extras.length + bytes.length).put(extras).put(bytes).array();
    return this;
  }

  /** Sets the key, which has one byte for each character. */
  public BinaryPacket key(String key) {
    this.key = key.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  /** Sets the value, which has one byte for each character. */
  public BinaryPacket value(String value) {
    this.value = value.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  /** Sets the number that the answer brings back. */
  public BinaryPacket opaque(int opaque) {
    this.opaque = opaque;
    return this;
  }

  /** Sets the cas unique to compare. */
  public BinaryPacket cas(long cas) {
    this.cas = cas;
    return this;
  }

  /** Announces a key of another length than there is. */
  public BinaryPacket keyLength(int length) {
    keyLength = length;
    return this;
  }

  /** Announces extras of another length than there are. */
  public BinaryPacket extrasLength(int length) {
    extrasLength = length;
    return this;
  }

  /** Announces a body of another length than there is. */
  public BinaryPacket bodyLength(long length) {
    bodyLength = length;
    return this;
  }

  /** Returns the packet's bytes. */
  public byte[] bytes() {
    int body = extras.length + key.length + value.length;
    return ByteBuffer.allocate(HEADER_LENGTH + body)
        .put(magic)
        .put((byte) opcode)
        .putShort((short) (keyLength < 0 ? key.length : keyLength))
        .put((byte) (extrasLength < 0 ? extras.length : extrasLength))
        .put((byte) 0) // the data type
        .putShort((short) 0) // the vbucket
        .putInt((int) (bodyLength < 0 ? body : bodyLength))
        .putInt(opaque)
        .putLong(cas)
        .put(extras)
        .put(key)
        .put(value)
        .array();
  }
}
