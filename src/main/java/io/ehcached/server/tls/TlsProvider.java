package io.ehcached.server.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.util.Locale;

/** Who encrypts. */
public enum TlsProvider {
  /** Netty's OpenSSL, or rather BoringSSL, by its native library. */
  OPENSSL,
  /** The JDK, which is everywhere. */
  JDK;

  /** Returns the quickest one that works on this machine. */
  public static TlsProvider best() {
    return OpenSsl.isAvailable() ? OPENSSL : JDK;
  }

  /** Returns this one, or who takes its place where it has no use for a kind of key. */
  TlsProvider ableToUse(PrivateKey key) {
    return key.getAlgorithm().equals("EdDSA") ? JDK : this; // Netty shows BoringSSL no such keys
  }

  // Counted references, so that contexts and engines do not wait for the garbage collector.
  SslProvider netty() {
    return this == OPENSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  String version() {
    return this == OPENSSL ? OpenSsl.versionString() : "the JDK " + Runtime.version();
  }

  /** Returns the name that {@code stats settings} shows. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
