package io.ehcached.replication.network;

import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.TlsFiles;
import io.ehcached.replication.settings.PeerSettingsException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The files by which peers prove themselves.
 *
 * @param byProperty each file under the property that names it; none where nothing is proved
 */
public record ProofFiles(Map<String, String> byProperty) {
  /**
   * Reads the files.
   *
   * @throws PeerSettingsException when one cannot be used, or is lacking
   */
  PeerSecurity read() {
    String secret = byProperty.get("secretFile");
    PeerSecurity security =
        secret == null ? PeerSecurity.none() : PeerSecurity.fromSecretFile(Path.of(secret));
    String keys = byProperty.get("tlsKeyStore");
    String trusted = byProperty.get("tlsTrustStore");
    String password = byProperty.get("tlsPasswordFile");
    if (keys == null && trusted == null && password == null) {
      return security;
    }
    if (keys == null || trusted == null || password == null) {
      throw new PeerSettingsException(
          "cacheManagerPeerListenerFactory: TLS takes all three of tlsKeyStore, tlsTrustStore and"
              + " tlsPasswordFile");
    }
    return security.and(
        PeerSecurity.tls(new TlsFiles(Path.of(keys), Path.of(trusted), Path.of(password))));
  }
}
