package io.ehcached.server.tls;

import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.OpenSsl;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/**
 * The cipher suites that {@code ssl_ciphers} names. As with memcached they are those for TLS 1.2:
 * TLS 1.3 has a few of its own, none of which is weak, and they are always there.
 */
final class Ciphers {
  private static final List<String> OF_TLS_13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private Ciphers() {}

  /**
   * Returns the suites by the names that Netty knows, those of TLS 1.3 among them.
   *
   * @param names OpenSSL's names ({@code ECDHE-RSA-AES128-GCM-SHA256}) or the RFCs'
   * @throws TlsException when one is not there
   */
  static List<String> of(List<String> names, TlsProvider provider) throws TlsException {
    List<String> suites = new ArrayList<>(OF_TLS_13);
    for (String name : names) {
      if (OF_TLS_13.contains(name)) {
        throw new TlsException(
            "ssl_ciphers: "
                + name
                + " belongs to TLS 1.3, whose suites are all there at all times; leave it out");
      }
      String suite = name.startsWith("TLS_") ? name : CipherSuiteConverter.toJava(name, "TLS");
      if (suite == null || !isThere(suite, provider)) {
        throw new TlsException(
            "ssl_ciphers: "
                + name
                + " is no suite that "
                + provider.version()
                + " has; write names with colons between, out of "
                + String.join(":", offered(provider))
                + " (what a word such as HIGH stands for is told by: openssl ciphers HIGH)");
      }
      suites.add(suite);
    }
    return suites;
  }

  private static boolean isThere(String suite, TlsProvider provider) throws TlsException {
    return provider == TlsProvider.OPENSSL
        ? OpenSsl.isCipherSuiteAvailable(suite)
        : ofJdk().contains(suite);
  }

  private static Set<String> offered(TlsProvider provider) throws TlsException {
    Set<String> offered = new TreeSet<>();
    for (String suite :
        provider == TlsProvider.OPENSSL ? OpenSsl.availableJavaCipherSuites() : ofJdk()) {
      if (suite.startsWith("TLS_ECDHE_") && isThere(suite, provider)) { // the others are no good
        offered.add(suite);
      }
    }
    return offered;
  }

  private static Set<String> ofJdk() throws TlsException {
    try {
      return new TreeSet<>(
          Arrays.asList(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
    } catch (NoSuchAlgorithmException e) {
      throw new TlsException("the JDK has no TLS: " + e.getMessage(), e);
    }
  }
}
