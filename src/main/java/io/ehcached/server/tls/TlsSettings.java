package io.ehcached.server.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * What TLS is set up from.
 *
 * @param chainCert the server's certificate, then those that lead to its authority (PEM)
 * @param key the private key (PEM); null when it is in the same file
 * @param clientCertificates whether clients have to show certificates
 * @param caCert the authorities that clients' certificates must come from (PEM); null for none
 * @param ciphers the suites for TLS 1.2, by OpenSSL's names or the RFCs'; empty is a good choice
 * @param oldestVersion the oldest version spoken: 2 is TLS 1.2, 3 is TLS 1.3
 * @param resumption whether a client's next connection may go on where the last one was; the JDK
 *     always allows it
 */
public record TlsSettings(
    Path chainCert,
    Path key,
    ClientCertificates clientCertificates,
    Path caCert,
    List<String> ciphers,
    int oldestVersion,
    boolean resumption) {
  /** Makes one; the ciphers are copied. */
  public TlsSettings {
    ciphers = List.copyOf(ciphers);
  }

  List<String> protocols() {
    return oldestVersion > 2 ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
  }
}
