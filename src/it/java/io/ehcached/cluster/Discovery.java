package io.ehcached.cluster;

import static io.ehcached.support.NodeProcess.config;

import io.ehcached.support.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The two ways in which nodes find each other, as {@code ehcache.xml} files for a cluster. */
enum Discovery {
  MANUAL {
    @Override
    List<Path> configs(int nodes) {
      int[] ports = FreePorts.next(nodes);
      String urls =
          IntStream.of(ports)
              .mapToObj(port -> "//127.0.0.1:" + port + "/memcached")
              .collect(Collectors.joining("|"));
      List<Path> configs = new ArrayList<>();
      for (int port : ports) {
        configs.add(
            file(
                "hostName=127.0.0.1, port=%d, socketTimeoutMillis=2000, peerDiscovery=manual, rmiUrls=%s"
                    .formatted(port, urls)));
      }
      return configs;
    }
  },
  AUTOMATIC {
    @Override
    List<Path> configs(int nodes) {
      Path shared =
          file(
              "hostName=localhost, peerDiscovery=automatic, multicastGroupAddress=230.0.0.1, multicastGroupPort=%d, timeToLive=0"
                  .formatted(FreePorts.next()));
      return java.util.Collections.nCopies(nodes, shared);
    }
  };

  /** Returns a file for each node of a new cluster. */
  abstract List<Path> configs(int nodes);

  private static Path file(String provider) {
    return config(
        """
        <ehcache name="test" updateCheck="false">
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="%s"/>
          <cache name="memcached" maxBytesLocalHeap="32m" eternal="true">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
                properties="replicateAsynchronously=true, replicatePuts=true, replicateUpdates=true,
                replicateUpdatesViaCopy=true, replicateRemovals=true,
                asynchronousReplicationIntervalMillis=10"/>
            <bootstrapCacheLoaderFactory
                class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                properties="bootstrapAsynchronously=false"/>
          </cache>
        </ehcache>
        """
            .formatted(provider));
  }
}
