package io.ehcached.replication.network;

import io.ehcached.address.AddressText;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.settings.PeerSettingsException;
import java.net.InetAddress;
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
   * @param bindAddress where this node listens
   * @param port at which it does; 0 for any
   * @throws PeerSettingsException when peers have to prove themselves and cannot
   */
  static void check(
      PeerSecurity security,
      boolean requirePeerAuth,
      InetAddress bindAddress,
      int port,
      boolean automatic) {
    checkHeartbeats(security, automatic);
    if (requirePeerAuth && !security.provesPeers()) {
      throw new PeerSettingsException(
          "Peers are required to prove themselves, and nothing is configured for it: " + MEND);
    }
    if (!bindAddress.isLoopbackAddress() && !security.provesPeers()) {
      LOG.warn(
          "Anyone on {} who can connect to {} can read and change all items, because peers do not authenticate: {}",
          automatic ? "this node's subnet or the hosts of rmiUrls" : "the hosts of rmiUrls",
          AddressText.of(bindAddress, port),
          MEND);
    }
  }
}
