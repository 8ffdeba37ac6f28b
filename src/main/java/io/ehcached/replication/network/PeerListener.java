package io.ehcached.replication.network;

import io.ehcached.replication.PeerSettingsException;
import java.util.List;
import net.sf.ehcache.Status;
import net.sf.ehcache.distribution.CacheManagerPeerListener;

/** What Ehcache holds of the listening side: it says when to begin and when to end. */
final class PeerListener implements CacheManagerPeerListener {
  private final PeerNetwork network;
  private final ListenerSettings settings;
  private volatile Status status = Status.STATUS_UNINITIALISED;

  PeerListener(PeerNetwork network, ListenerSettings settings) {
    this.network = network;
    this.settings = settings;
  }

  @Override
  public void init() {
    network.start();
    status = Status.STATUS_ALIVE;
  }

  @Override
  public void dispose() {
    network.close();
    status = Status.STATUS_SHUTDOWN;
  }

  @Override
  public Status getStatus() {
    return status;
  }

  /** Returns none: these would be Ehcache's own, and peers here call regions otherwise. */
  @Override
  @SuppressWarnings("rawtypes") // Ehcache's
  public List getBoundCachePeers() {
    return List.of();
  }

  @Override
  public String getUniqueResourceIdentifier() {
    String where = settings.address().getHostAddress() + ":" + settings.port();
    return "peers' registry at "
        + where
        + (settings.port() == 0 ? ", " + System.identityHashCode(this) : "");
  }

  /** Ehcache would have another port taken silently, at which no peer would call. */
  @Override
  public void attemptResolutionOfUniqueResourceConflict() {
    throw new PeerSettingsException(
        "Two cache managers of this process listen for peers at "
            + settings.address().getHostAddress()
            + ":"
            + settings.port()
            + ": give one of them another port in cacheManagerPeerListenerFactory");
  }

  @Override
  public String getScheme() {
    return PeerProvider.SCHEME;
  }

  @Override
  public void notifyCacheAdded(String cacheName) {
    // Whoever replicates a region gives it to the network.
  }

  @Override
  public void notifyCacheRemoved(String cacheName) {
    network.withdraw(cacheName);
  }
}
