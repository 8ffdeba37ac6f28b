package io.ehcached.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of TLS: {@code -Z} and the {@code ssl_} names of {@code -o}.
 *
 * @param chainCert the certificate and those that lead to its authority ({@code ssl_chain_cert})
 * @param key the private key ({@code ssl_key}); empty when it is in the same file
 * @param verifyMode 0 asks no client for a certificate, 1 checks one that is shown, 2 and 3 require
 *     one ({@code ssl_verify_mode})
 * @param caCert the authorities of clients' certificates ({@code ssl_ca_cert}); there from mode 1
 *     on
 * @param ciphers the suites for TLS 1.2 ({@code ssl_ciphers}); empty is a good choice
 * @param minVersion the oldest version spoken, 2 for TLS 1.2 or 3 for TLS 1.3 ({@code
 *     ssl_min_version})
 * @param sessionCache whether a client's next connection may go on where the last one was ({@code
 *     ssl_session_cache})
 */
public record TlsOptions(
    Path chainCert,
    Optional<Path> key,
    int verifyMode,
    Optional<Path> caCert,
    List<String> ciphers,
    int minVersion,
    boolean sessionCache) {
  /** Copies the ciphers. */
  public TlsOptions {
    ciphers = List.copyOf(ciphers);
  }
}
