package io.ehcached.replication.network;

import java.util.List;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.distribution.CacheManagerPeerProvider;

/** What Ehcache holds of the finding side: it says when to begin and when to end. */
final class PeerProvider implements CacheManagerPeerProvider {
  static final String SCHEME = "RMI";

  private final PeerNetwork network;

  PeerProvider(PeerNetwork network) {
    this.network = network;
  }

  /** Ehcache begins with this, and the network with the listening; only without it here. */
  @Override
  public void init() {
    if (!network.listens()) {
      network.start();
    }
  }

  @Override
  public void dispose() {
    network.close();
  }

  @Override
  public void registerPeer(String url) {
    throw new UnsupportedOperationException("peers are named in rmiUrls, or found by multicast");
  }

  @Override
  public void unregisterPeer(String url) {
    throw new UnsupportedOperationException("peers are named in rmiUrls, or found by multicast");
  }

  /** Returns none: these would be Ehcache's own, and peers here are called otherwise. */
  @Override
  @SuppressWarnings("rawtypes") // Ehcache's
  public List listRemoteCachePeers(Ehcache cache) {
    return List.of();
  }

  @Override
  public long getTimeForClusterToForm() {
    return 0;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
