package io.ehcached.replication.network;

import io.ehcached.replication.PeerSettingsException;
import io.ehcached.replication.security.PeerSecurity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person is told at the start about how safe the peers' ports are. */
final class PeerSafety {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSafety.class);
  private static final String MEND =
      "set secretFile in cacheManagerPeerListenerFactory on all nodes (docs/security.md)";

  private PeerSafety() {}

  /**
   * Finds out whether heartbeats are proved where connections are.
   *
   * @throws PeerSettingsException when they are not
   */
  static void checkHeartbeats(PeerSecurity security, boolean automatic) {
    if (automatic && security.provesPeers() && security.secret() == null) {
      throw new PeerSettingsException(
          "TLS proves connections and not heartbeats: for peerDiscovery=automatic, set secretFile"
              + " in cacheManagerPeerProviderFactory as well");
    }
  }

  /**
   * Warns of what is open to others.
   *
   * @param listener null when this node does not listen
   * @throws PeerSettingsException when peers have to prove themselves and cannot
   */
  static void check(
      PeerSecurity security,
      boolean requirePeerAuth,
      ListenerSettings listener,
      ProviderSettings provider) {
    boolean automatic = provider.multicast() != null;
    checkHeartbeats(security, automatic);
    if (requirePeerAuth && !security.provesPeers()) {
      throw new PeerSettingsException(
          "Peers are required to prove themselves, and nothing is configured for it: " + MEND);
    }
    if (listener == null) {
      if (automatic && provider.multicast().from() == null) {
        throw new PeerSettingsException(
            "peerDiscovery=automatic takes a cacheManagerPeerListenerFactory with hostName, or"
                + " hostName in cacheManagerPeerProviderFactory: through which network to listen");
      }
      LOG.warn(
          "This node can call its peers but cannot be called: ehcache.xml has no cacheManagerPeerListenerFactory");
      return;
    }
    String host = listener.bindAddress().getHostAddress();
    if (listener.bindAddress().isLoopbackAddress()) {
      if (listener.isDefault()) {
        LOG.warn(
            "Only nodes on this machine can be peers, because its name resolves to {}: set hostName"
                + " in cacheManagerPeerListenerFactory to the address at which other nodes reach it",
            host);
      }
    } else if (!security.provesPeers()) {
      LOG.warn(
          "Anyone on {} who can connect to {}:{} can read and change all items, because peers do not authenticate: {}",
          automatic ? "this node's subnet or the hosts of rmiUrls" : "the hosts of rmiUrls",
          host,
          listener.port(),
          MEND);
    }
  }
}
