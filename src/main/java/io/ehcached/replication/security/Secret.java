package io.ehcached.replication.security;

import io.ehcached.replication.settings.PeerSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of one cluster know and nobody else does. It never travels; what it yields are
 * HMAC-SHA256 codes (RFC 2104), each for one purpose only.
 *
 * <p>While it is changed, a node has several: it proves itself by the first one, and accepts all.
 * They are the lines of its file, which can be read again. Safe for use by many threads.
 */
public final class Secret {
  /** The length of a code, in bytes. */
  public static final int CODE_LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_SECRETS = 4;
  private static final String MEND = "write one with: openssl rand -base64 32 > ";

  private final Path file; // null for one that does not change
  private volatile List<byte[]> all;

  /** Purposes have keys of their own, so that a code for one can never serve for another. */
  enum Purpose {
    CLIENT,
    SERVER,
    HEARTBEAT,
    NONCE
  }

  private Secret(Path file, List<byte[]> all) {
    this.file = file;
    this.all = all;
  }

  /** Returns the secret that {@code text} is, without the blanks around it. */
  static Secret of(String text) {
    return new Secret(null, List.of(text.strip().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads the secrets of a file, one a line; blanks around them and empty lines do not count.
   *
   * @throws PeerSettingsException when the file cannot be read, or holds too little or too much
   */
  static Secret read(Path file) {
    return new Secret(file, lines(file));
  }

  private static List<byte[]> lines(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe may never end
      throw new PeerSettingsException(
          "The peers' secret file " + file + " is no file: " + MEND + file);
    }
    List<String> lines;
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
      lines =
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    } catch (IOException e) {
      throw new PeerSettingsException(
          "The peers' secret file " + file + " cannot be read (" + e + "): " + MEND + file, e);
    }
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < MIN_LENGTH)) {
      throw new PeerSettingsException(
          "The peers' secret in "
              + file
              + " is shorter than "
              + MIN_LENGTH
              + " characters, so it could be guessed: "
              + MEND
              + file);
    }
    if (lines.size() > MAX_SECRETS) {
      throw new PeerSettingsException(
          "The peers' secret file "
              + file
              + " has "
              + lines.size()
              + " secrets, one a line; write no more than "
              + MAX_SECRETS);
    }
    return lines.stream().map(line -> line.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /**
   * Reads the file again.
   *
   * @return whether it holds other secrets than before
   * @throws PeerSettingsException when it cannot be used; then nothing has changed
   */
  boolean refresh() {
    if (file == null) {
      return false;
    }
    List<byte[]> now = lines(file);
    if (areSame(now, all)) {
      return false;
    }
    all = now;
    return true;
  }

  /** Returns the one by which this node proves itself, as it is now. */
  Secret own() {
    return new Secret(null, List.of(all.get(0)));
  }

  /** Returns all that other nodes may prove themselves by, as they are now. */
  List<Secret> accepted() {
    return all.stream().map(one -> new Secret(null, List.of(one))).toList();
  }

  /** Tells whether other nodes may prove themselves by a secret. */
  public boolean accepts(Secret other) {
    return all.stream().anyMatch(one -> same(one, other.all.get(0)));
  }

  /** Returns how many secrets are accepted. */
  int count() {
    return all.size();
  }

  /** Returns the code over {@code parts} for one purpose. */
  byte[] code(Purpose purpose, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(all.get(0), ALGORITHM));
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

  /** Tells whether a code goes with a heartbeat, by any of the accepted secrets. */
  public boolean isHeartbeatCode(byte[] code, byte[] heartbeat) {
    boolean is = false;
    for (Secret one : accepted()) {
      is |= same(code, one.heartbeatCode(heartbeat));
    }
    return is;
  }

  /** Tells whether two codes are the same, in a time that does not depend on where they differ. */
  public static boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  boolean isSameAs(Secret other) {
    return areSame(all, other.all);
  }

  private static boolean areSame(List<byte[]> some, List<byte[]> others) {
    boolean are = some.size() == others.size();
    for (int i = 0; are && i < some.size(); i++) {
      are = same(some.get(i), others.get(i));
    }
    return are;
  }
}
