package io.ehcached.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes the files that tests read, and reads them as a machine with addresses of its own. */
final class EhcacheXml {
  static final String OWN_ADDRESS = "192.168.0.12";

  static final String MANUAL_FRAGMENT =
      """
      <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
          properties="hostName=localhost, port=4567, socketTimeoutMillis=2000, peerDiscovery=manual,
          rmiUrls=//192.168.0.12:4567/oschina_cache|//192.168.0.13:4567/oschina_cache"/>
      """;

  static final String AUTOMATIC_FRAGMENT =
      """
      <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
          properties="peerDiscovery=automatic, multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, timeToLive=32"/>
      """;

  static final String REGION_FRAGMENT =
      """
      <cache name="sampleCache2" maxElementsInMemory="10" eternal="false" timeToIdleSeconds="100" timeToLiveSeconds="100"
          overflowToDisk="false"><cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
          properties="replicateAsynchronously=true, replicatePuts=true, replicateUpdates=true,
          replicateUpdatesViaCopy=false, replicateRemovals=true"/></cache>
      """;

  static final String PLAIN_REGION = "<cache name='r' maxBytesLocalHeap='1m'/>";

  private EhcacheXml() {}

  static Path write(Path directory, String content) {
    try {
      return Files.writeString(directory.resolve("ehcache.xml"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what stands between {@code <ehcache>} and its end, from its first line on. */
  static NodeConfiguration read(Path directory, String content) {
    return read(directory, content, null, 0);
  }

  static NodeConfiguration read(Path directory, String content, String region, long memory) {
    Path file = write(directory, "<ehcache>" + content + "</ehcache>");
    return NodeConfiguration.read(file, region, memory, network(OWN_ADDRESS));
  }

  static LocalNetwork network(String... addresses) {
    return network(other -> null, addresses);
  }

  /** A machine whose interfaces are eth0 and up, with routes of its own. */
  static LocalNetwork network(UnaryOperator<InetAddress> routes, String... addresses) {
    Map<InetAddress, String> interfaces = new LinkedHashMap<>();
    interfaces.put(InetAddress.getLoopbackAddress(), "lo");
    for (String address : addresses) {
      interfaces.put(address(address), "eth" + (interfaces.size() - 1));
    }
    return new LocalNetwork(interfaces, routes);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static String provider(String properties) {
    return factory("cacheManagerPeerProviderFactory", EhcacheClassNames.PROVIDER, properties);
  }

  static String listener(String properties) {
    return factory("cacheManagerPeerListenerFactory", EhcacheClassNames.LISTENER, properties);
  }

  static String replicator(String properties) {
    return factory("cacheEventListenerFactory", EhcacheClassNames.REPLICATOR, properties);
  }

  static String bootstrap(String properties) {
    return factory("bootstrapCacheLoaderFactory", EhcacheClassNames.BOOTSTRAP, properties);
  }

  /** A region named {@code r} with nothing about it to remark on. */
  static String replicatedRegion() {
    return region(
        replicator("asynchronousReplicationIntervalMillis=10")
            + bootstrap("bootstrapAsynchronously=false"));
  }

  static String region(String content) {
    return "<cache name='r' maxBytesLocalHeap='1m'>" + content + "</cache>";
  }

  private static String factory(String name, String className, String properties) {
    return "<" + name + " class='" + className + "' properties='" + properties + "'/>";
  }

  /** Returns the findings as they are printed, without the file's directory. */
  static List<String> printed(NodeConfiguration node) {
    String directory = node.file().getParent() + "/";
    return node.findings().stream()
        .map(finding -> finding.toString().replace(directory, ""))
        .toList();
  }
}
