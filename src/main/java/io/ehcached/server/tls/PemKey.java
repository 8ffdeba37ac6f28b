package io.ehcached.server.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads private keys as they come from OpenSSL: PKCS#8 (RFC 5208), and the older PKCS#1 (RFC 8017)
 * and SEC 1 (RFC 5915), which the JDK reads only once they are put into PKCS#8.
 */
final class PemKey {
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /** {@code rsaEncryption}, 1.2.840.113549.1.1.1, and no parameters. */
  private static final byte[] RSA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0
  };

  /** {@code id-ecPublicKey}, 1.2.840.10045.2.1; the curve follows. */
  private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  /** Where RFC 5915 has the curve. */
  private static final int PARAMETERS = 0xA0;

  private PemKey() {}

  /**
   * Returns the first key in a file.
   *
   * @throws TlsException when there is none, or none that can be used
   */
  static PrivateKey in(PemFile file) throws TlsException {
    for (PemFile.Block block : file.blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(file.name(), block);
      }
    }
    throw new TlsException(
        file.name() + " has no private key; name the file that has it with ssl_key=<file>");
  }

  private static PrivateKey key(String name, PemFile.Block block) throws TlsException {
    if (block.label().startsWith("ENCRYPTED") || block.headers().contains("ENCRYPTED")) {
      throw new TlsException(
          name
              + " is locked with a password, which nobody could type in; unlock a copy of it with:"
              + " openssl pkey -in <file> -out <copy>, and keep that from others' eyes (chmod 600)");
    }
    try {
      return decode(pkcs8(block));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TlsException(
          name + " has a key that is damaged, or neither RSA, EC nor Ed25519", e);
    }
  }

  private static byte[] pkcs8(PemFile.Block block) {
    return switch (block.label()) {
      case "RSA PRIVATE KEY" -> wrap(RSA, block.bytes());
      case "EC PRIVATE KEY" -> {
        byte[] curve = Der.find(block.bytes(), PARAMETERS);
        if (curve == null) {
          throw new IllegalArgumentException("names no curve");
        }
        yield wrap(concat(EC, curve), block.bytes());
      }
      default -> block.bytes();
    };
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.element(
        Der.SEQUENCE,
        VERSION_0,
        Der.element(Der.SEQUENCE, algorithm),
        Der.element(Der.OCTET_STRING, key));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException last = null;
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }
}
