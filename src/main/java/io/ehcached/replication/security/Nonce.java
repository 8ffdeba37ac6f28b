package io.ehcached.replication.security;

import io.ehcached.replication.security.Secret.Purpose;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A number that is used in one proof only. The second half of a marked one is a code over its first
 * half. It tells a node of the same secret that its sender binds the called address into its proof;
 * older nodes take it for random bytes. As both nonces are part of all codes, nobody in between can
 * remove a mark.
 */
final class Nonce {
  /** The length, in bytes. */
  static final int LENGTH = 32;

  private static final int RANDOM_LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;

  /** Makes one of {@value #LENGTH} bytes, which it keeps. */
  Nonce(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns a new one, without a mark. */
  static Nonce plain() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return new Nonce(bytes);
  }

  /** Returns a new one, with the mark of those who know a secret. */
  static Nonce marked(Secret secret) {
    byte[] bytes = plain().bytes;
    System.arraycopy(mark(secret, bytes), 0, bytes, RANDOM_LENGTH, LENGTH - RANDOM_LENGTH);
    return new Nonce(bytes);
  }

  /** Tells whether it was marked by a node that knows the secret. */
  boolean isMarkedBy(Secret secret) {
    return Secret.same(mark(secret, bytes), Arrays.copyOfRange(bytes, RANDOM_LENGTH, LENGTH));
  }

  private static byte[] mark(Secret secret, byte[] bytes) {
    byte[] code = secret.code(Purpose.NONCE, Arrays.copyOf(bytes, RANDOM_LENGTH));
    return Arrays.copyOf(code, LENGTH - RANDOM_LENGTH);
  }
}
