package io.ehcached.replication.security;

import io.ehcached.replication.settings.PeerSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of one cluster know and nobody else does. It never travels; what it yields are
 * HMAC-SHA256 codes (RFC 2104), each for one purpose only. Safe for use by many threads.
 */
public final class Secret {
  /** The length of a code, in bytes. */
  public static final int CODE_LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 4096;
  private static final String MEND = "write one with: openssl rand -base64 32 > ";

  private final byte[] bytes;

  /** Purposes have keys of their own, so that a code for one can never serve for another. */
  enum Purpose {
    CLIENT,
    SERVER,
    HEARTBEAT,
    NONCE
  }

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the secret that {@code text} is, without the blanks around it. */
  static Secret of(String text) {
    return new Secret(text.strip().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a secret from a file; blanks and line ends around it do not count.
   *
   * @throws PeerSettingsException when the file cannot be read, or holds too little or too much
   */
  static Secret read(Path file) {
    String text;
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe may never end
      throw new PeerSettingsException(
          "The peers' secret file " + file + " is no file: " + MEND + file);
    }
    try {
      if (Files.size(file) > MAX_LENGTH) {
        throw new PeerSettingsException(
            "The peers' secret file "
                + file
                + " is longer than "
                + MAX_LENGTH
                + " bytes: "
                + MEND
                + file);
      }
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw new PeerSettingsException(
          "The peers' secret file " + file + " cannot be read (" + e + "): " + MEND + file, e);
    }
    if (text.length() < MIN_LENGTH) {
      throw new PeerSettingsException(
          "The peers' secret in "
              + file
              + " is shorter than "
              + MIN_LENGTH
              + " characters, so it could be guessed: "
              + MEND
              + file);
    }
    return new Secret(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns the code over {@code parts} for one purpose. */
  byte[] code(Purpose purpose, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      byte[] key = mac.doFinal(("ehcached peers 1 " + purpose).getBytes(StandardCharsets.US_ASCII));
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has HmacSHA256
    }
  }

  /** Returns the code that goes with a heartbeat. */
  public byte[] heartbeatCode(byte[] heartbeat) {
    return code(Purpose.HEARTBEAT, heartbeat);
  }

  /** Tells whether two codes are the same, in a time that does not depend on where they differ. */
  public static boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  boolean isSameAs(Secret other) {
    return same(bytes, other.bytes);
  }
}
