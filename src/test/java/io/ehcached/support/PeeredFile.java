package io.ehcached.support;

import java.nio.file.Path;

/** The {@code ehcache.xml} of a node that knows one peer by hand, both on this machine. */
public final class PeeredFile {
  private PeeredFile() {}

  /**
   * Writes one, with the region {@code memcached}.
   *
   * @param name the cache manager's
   * @param megabytes the region's bound
   * @param port where the node is to listen for its peer
   * @param peer the peer's port
   * @param serveWhileCopying whether clients are served before the peer's items are there
   */
  public static Path write(
      String name, int megabytes, int port, int peer, boolean serveWhileCopying) {
    return NodeProcess.config(
        """
        <ehcache name="%s" updateCheck="false">
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="hostName=127.0.0.1, port=%d, peerDiscovery=manual,
              rmiUrls=//127.0.0.1:%d/memcached"/>
          <cache name="memcached" maxBytesLocalHeap="%dm" eternal="true">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
            <bootstrapCacheLoaderFactory
                class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                properties="bootstrapAsynchronously=%s"/>
          </cache>
        </ehcache>
        """
            .formatted(name, port, peer, megabytes, serveWhileCopying));
  }
}
