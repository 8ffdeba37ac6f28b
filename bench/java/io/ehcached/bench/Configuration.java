package io.ehcached.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What both sides are configured with: two nodes of a list, stock class names, a region in bytes,
 * asynchronous replication with the interval of the {@code ehcache.xml} that is shipped.
 */
final class Configuration {
  private static final String XML =
      """
      <ehcache name="bench" updateCheck="false">
        <cacheManagerPeerProviderFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
            properties="peerDiscovery=manual, hostName=127.0.0.1, rmiUrls=//127.0.0.1:%d/memcached"/>
        <cacheManagerPeerListenerFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
            properties="hostName=127.0.0.1, port=%d, remoteObjectPort=%d, socketTimeoutMillis=20000"/>
        <cache name="memcached" maxBytesLocalHeap="%dm" memoryStoreEvictionPolicy="CLOCK" eternal="true">
          <cacheEventListenerFactory
              class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
              properties="replicateAsynchronously=true, asynchronousReplicationIntervalMillis=10"/>
          <bootstrapCacheLoaderFactory
              class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
              properties="bootstrapAsynchronously=false"/>
        </cache>
      </ehcache>
      """;

  private static final int PORTS = 4;

  private final Path directory;
  private final int[] ports = freePorts();
  private final Path[] files = new Path[2];

  /**
   * Writes two files.
   *
   * @param megabytes what the region may hold
   */
  Configuration(int megabytes) {
    try {
      directory = Files.createTempDirectory("ehcached-bench");
      for (int i = 0; i < 2; i++) {
        files[i] = directory.resolve("ehcache" + i + ".xml");
        Files.writeString(
            files[i], XML.formatted(ports[2 - 2 * i], ports[2 * i], ports[2 * i + 1], megabytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(int node) {
    return files[node];
  }

  /** Returns a path at which there is nothing. */
  Path fresh(String name) {
    return directory.resolve(System.nanoTime() + "-" + name);
  }

  /** Returns the two ports at which peers call a node. */
  int[] ports(int node) {
    return new int[] {ports[2 * node], ports[2 * node + 1]};
  }

  private static int[] freePorts() {
    int[] free = new int[PORTS];
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < PORTS; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        free[i] = held.get(i).getLocalPort();
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return free;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
