package io.ehcached.replication.network;

import java.util.Properties;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.distribution.CacheManagerPeerProvider;
import net.sf.ehcache.distribution.CacheManagerPeerProviderFactory;

/** Makes a node find its peers; stands in for {@code RMICacheManagerPeerProviderFactory}. */
public final class PeerProviderFactory extends CacheManagerPeerProviderFactory {
  @Override
  public CacheManagerPeerProvider createCachePeerProvider(
      CacheManager cacheManager, Properties properties) {
    PeerNetwork network = PeerNetwork.of(cacheManager.getName());
    network.find(ProviderSettings.of(properties));
    return new PeerProvider(network);
  }
}
