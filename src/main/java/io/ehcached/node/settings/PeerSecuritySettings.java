package io.ehcached.node.settings;

import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.replication.network.PeerOptions;
import io.ehcached.replication.network.PeerSettings;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.settings.PeerSettingsException;

/** What the command line says of peers. */
public final class PeerSecuritySettings {
  private static final int MB = 1024 * 1024;

  private PeerSecuritySettings() {}

  /**
   * Returns how this node is to deal with them.
   *
   * @throws UsageException when the file with the secret cannot be used
   */
  public static PeerOptions of(ServerOptions options) throws UsageException {
    ServerOptions.Node node = options.node();
    int frame = Math.max(PeerOptions.DEFAULT_MAX_FRAME_BYTES, options.memory().maxItemSize() + MB);
    return new PeerOptions(security(options), node.requirePeerAuth(), frame);
  }

  /**
   * Finds out whether peers can prove themselves, as the command line and {@code ehcache.xml} say.
   *
   * @throws UsageException when they cannot
   */
  static void check(ServerOptions options, PeerSettings peers) throws UsageException {
    PeerOptions said = of(options);
    try {
      said.check(peers);
    } catch (PeerSettingsException e) {
      throw UsageException.badValue(e.getMessage());
    }
  }

  /**
   * Returns how peers prove themselves, as far as the command line says it.
   *
   * @throws UsageException when the file with the secret cannot be used
   */
  static PeerSecurity security(ServerOptions options) throws UsageException {
    try {
      return options
          .node()
          .peerSecret()
          .map(PeerSecurity::fromSecretFile)
          .orElse(PeerSecurity.none());
    } catch (PeerSettingsException e) {
      throw UsageException.badValue("--peer-secret: " + e.getMessage());
    }
  }
}
