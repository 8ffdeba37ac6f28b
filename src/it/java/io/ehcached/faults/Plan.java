package io.ehcached.faults;

import static io.ehcached.support.NodeProcess.config;

import io.ehcached.support.FreePorts;
import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.NodeProcessBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a cluster is to be started with; nodes know each other by list unless said otherwise. */
final class Plan {
  private final int nodes;
  private final int[] ports;
  private final List<String> arguments = new ArrayList<>();
  private final Map<Integer, Map<String, String>> environments = new HashMap<>();
  private final Map<Integer, Path> files = new ConcurrentHashMap<>(); // nodes start in parallel
  private Hosts hosts;
  private boolean anyPort;
  private String region = "64m";
  private String discovery;
  private String replicator = "replicateAsynchronously=true";
  private String bootstrap = "bootstrapAsynchronously=false";

  private Plan(int nodes) {
    this.nodes = nodes;
    this.ports = FreePorts.next(nodes);
  }

  static Plan of(int nodes) {
    return new Plan(nodes);
  }

  /**
   * Puts each node on a machine of its own, in a network that tests cut; skips the test, saying
   * why, where such a network cannot be made.
   */
  Plan onMachines() {
    Hosts machines = Hosts.start(nodes);
    machines.filter();
    return on(machines);
  }

  /** Puts each node on one of these machines. */
  Plan on(Hosts machines) {
    hosts = machines;
    return this;
  }

  /** Bounds the region, {@code 64m} say. */
  Plan region(String bytes) {
    region = bytes;
    return this;
  }

  /** Has nodes that only hear each other listen for peers at any port. */
  Plan anyPort() {
    anyPort = true;
    return this;
  }

  /** Has the nodes find each other by the provider's properties. */
  Plan discovery(String properties) {
    discovery = properties;
    return this;
  }

  Plan replicator(String properties) {
    replicator = properties;
    return this;
  }

  Plan arguments(String... more) {
    arguments.addAll(Arrays.asList(more));
    return this;
  }

  Plan environment(int node, Map<String, String> variables) {
    environments.put(node, variables);
    return this;
  }

  /** Starts the nodes, and waits until all know each other. */
  Cluster start() {
    return new Cluster(this);
  }

  int nodes() {
    return nodes;
  }

  Hosts hosts() {
    return hosts;
  }

  /** Returns a builder of a node that has all but its file. */
  NodeProcessBuilder builder(int node) {
    NodeProcessBuilder builder =
        NodeProcess.builder()
            .environment(environments.getOrDefault(node, Map.of()))
            .arguments(arguments.toArray(String[]::new));
    return hosts == null ? builder : builder.on(hosts, node);
  }

  /** Returns the port at which other nodes call one. */
  int peerPort(int node) {
    return hosts == null ? ports[node] : 4567;
  }

  String address(int node) {
    return hosts == null ? "127.0.0.1" : hosts.address(node);
  }

  /** Returns the file that a node is started with. */
  Path file(int node) {
    return file(node, bootstrap);
  }

  /** Returns the file of a node that copies by other properties than the rest. */
  Path file(int node, String copying) {
    Path file = config(xml(node, copying, discovery));
    files.put(node, file);
    return file;
  }

  /** Puts another file, by whose provider peers are found, in the place of a node's. */
  void rewrite(int node, String provider) {
    try {
      Path file = files.get(node);
      Path next = Files.writeString(Path.of(file + ".next"), xml(node, bootstrap, provider));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String xml(int node, String copying, String provider) {
    return """
    <ehcache name="faults" updateCheck="false">
      <cacheManagerPeerProviderFactory
          class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
          properties="%s"/>
      <cacheManagerPeerListenerFactory
          class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
          properties="hostName=%s, port=%d, socketTimeoutMillis=2000"/>
      <cache name="memcached" maxBytesLocalHeap="%s" eternal="true"
          memoryStoreEvictionPolicy="CLOCK">
        <cacheEventListenerFactory
            class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
            properties="%s"/>
        <bootstrapCacheLoaderFactory
            class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
            properties="%s"/>
      </cache>
    </ehcache>
    """
        .formatted(
            provider == null ? manual(IntStream.range(0, nodes).toArray()) : provider,
            address(node),
            anyPort && provider != null && provider.contains("=automatic") ? 0 : peerPort(node),
            region,
            replicator,
            copying);
  }

  /** Returns the provider's properties that list some nodes. */
  String manual(int... listed) {
    return "peerDiscovery=manual, rmiUrls="
        + IntStream.of(listed).mapToObj(this::url).collect(Collectors.joining("|"));
  }

  /** Returns how a node is listed. */
  String url(int node) {
    return "//" + address(node) + ":" + peerPort(node) + "/memcached";
  }
}
