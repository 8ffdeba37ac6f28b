package io.ehcached.config;

import io.ehcached.replication.EhcacheClassNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.config.FactoryConfiguration;

/**
 * Puts a node's own factories in the place of Ehcache's stock ones that a file names. People keep
 * the names they know, and the properties.
 */
final class FactoryClasses {
  private static final Map<String, String> OURS = EhcacheClassNames.replacements();

  private FactoryClasses() {}

  static void replace(Configuration configuration) {
    List<Object> factories = new ArrayList<>();
    factories.addAll(configuration.getCacheManagerPeerProviderFactoryConfiguration());
    factories.addAll(configuration.getCacheManagerPeerListenerFactoryConfigurations());
    for (CacheConfiguration region : configuration.getCacheConfigurations().values()) {
      for (Object listener : region.getCacheEventListenerConfigurations()) {
        factories.add(listener);
      }
      factories.add(region.getBootstrapCacheLoaderFactoryConfiguration());
    }
    for (Object factory : factories) {
      if (factory instanceof FactoryConfiguration<?> named) {
        String stock = named.getFullyQualifiedClassPath();
        named.setClass(stock == null ? null : OURS.getOrDefault(stock, stock));
      }
    }
  }
}
