package io.ehcached.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The users of one password file, as codes that reveal neither names nor passwords. Immutable. A
 * user may have several passwords, so that one can be changed while both are in use.
 */
final class Users {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] KEY = new byte[32];

  static {
    new SecureRandom().nextBytes(KEY);
  }

  private final List<byte[]> codes;
  private final Set<ByteBuffer> names;

  private Users(List<byte[]> codes, Set<ByteBuffer> names) {
    this.codes = codes;
    this.names = names;
  }

  /** A builder, to which users are added. */
  static final class Builder {
    private final List<byte[]> codes = new ArrayList<>();
    private final Set<ByteBuffer> names = new HashSet<>();

    void add(byte[] user, byte[] password) {
      codes.add(code(user, password));
      names.add(ByteBuffer.wrap(user.clone()));
    }

    int count() {
      return codes.size();
    }

    Users users() {
      return new Users(List.copyOf(codes), Set.copyOf(names));
    }
  }

  /**
   * Tells whether there is such a user with this password, in a time that depends on neither: the
   * code is compared with all codes, each to its end.
   */
  boolean has(byte[] user, byte[] password) {
    byte[] code = code(user, password);
    boolean found = false;
    for (byte[] known : codes) {
      found |= MessageDigest.isEqual(known, code);
    }
    return found;
  }

  /** Tells whether there is such a user, with any password. */
  boolean lists(byte[] user) {
    return names.contains(ByteBuffer.wrap(user));
  }

  private static byte[] code(byte[] user, byte[] password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(KEY, ALGORITHM));
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(user.length).array());
      mac.update(user);
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has HmacSHA256
    }
  }
}
