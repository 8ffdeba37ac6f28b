package io.ehcached.replication.network;

import java.util.Properties;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.distribution.CacheManagerPeerListener;
import net.sf.ehcache.distribution.CacheManagerPeerListenerFactory;

/** Makes a node listen for its peers; stands in for {@code RMICacheManagerPeerListenerFactory}. */
public final class PeerListenerFactory extends CacheManagerPeerListenerFactory {
  @Override
  public CacheManagerPeerListener createCachePeerListener(
      CacheManager cacheManager, Properties properties) {
    PeerNetwork network = PeerNetwork.of(cacheManager.getName());
    ListenerSettings settings = ListenerSettings.of(properties);
    network.listen(settings);
    return new PeerListener(network, settings);
  }
}
