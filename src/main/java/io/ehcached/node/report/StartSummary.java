package io.ehcached.node.report;

import io.ehcached.address.AddressText;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.node.settings.ClientLimits;
import io.ehcached.node.settings.ClientTls;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.ServerOptions.Protocol;
import io.ehcached.options.Version;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.server.ConnectionLimits;
import io.ehcached.server.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a node says in the log once it has started: some ten lines for whoever looks whether it does
 * what was meant. Nothing in it is secret.
 */
public final class StartSummary {
  private static final long MB = 1024 * 1024;

  private final ServerOptions options;
  private final Map<String, String> region;
  private final String name;
  private final List<String> lines = new ArrayList<>();

  private StartSummary(ServerOptions options, NodeConfiguration configuration, String name) {
    this.options = options;
    this.name = name;
    this.region = configuration.description();
  }

  /**
   * Returns the lines.
   *
   * @param name the node's
   * @param listening where clients connect
   * @param admin where the admin port is; empty if there is none
   * @param replication the state of replication; empty without peers
   */
  public static List<String> of(
      ServerOptions options,
      NodeConfiguration configuration,
      String name,
      String listening,
      FrontEnd front,
      Optional<InetSocketAddress> admin,
      Optional<ReplicationStatus> replication) {
    StartSummary summary = new StartSummary(options, configuration, name);
    summary.process();
    summary.clients(listening, front.transport(), front.limits());
    summary.access(front.tls(), admin);
    summary.region();
    summary.peers(replication.map(StartSummary::found).orElse(""));
    return summary.lines;
  }

  private void line(String name, String text) {
    lines.add("%-13s %s".formatted(name, text));
  }

  private void process() {
    line(
        "program",
        "ehcached %s as node %s, process %d of %s, on Java %s (%s)"
            .formatted(
                Version.own(),
                name,
                ProcessHandle.current().pid(),
                System.getProperty("user.name"),
                Runtime.version(),
                System.getProperty("java.vm.name")));
    line("configuration", region.get("file"));
    line(
        "memory",
        "%d MB of heap, %d MB of direct memory"
            .formatted(Runtime.getRuntime().maxMemory() / MB, ClientLimits.directMemory() / MB));
  }

  private void clients(String listening, Transport transport, ConnectionLimits limits) {
    ServerOptions.Network network = options.network();
    line("clients", listening + "; " + protocols(network));
    line(
        "connections",
        "%d at most, by %s on %d threads; idle ones are closed %s, half commands %s"
            .formatted(
                limits.max(),
                transport,
                network.threads(),
                after(limits.idleSeconds()),
                after(limits.partialSeconds())));
  }

  /** Returns what is spoken, and where that is not the same everywhere, at which addresses. */
  private static String protocols(ServerOptions.Network network) {
    if (network.unixSocket().isPresent()) {
      return name(network.protocol());
    }
    Map<Protocol, List<String>> addresses = new EnumMap<>(Protocol.class);
    for (ListenAddress address : network.listen()) {
      addresses
          .computeIfAbsent(address.protocol().orElse(network.protocol()), p -> new ArrayList<>())
          .add(address.shown());
    }
    if (addresses.size() == 1) {
      return name(addresses.keySet().iterator().next());
    }
    return addresses.entrySet().stream()
        .map(entry -> name(entry.getKey()) + " at " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String name(Protocol protocol) {
    return switch (protocol) {
      case AUTO -> "text, meta and binary protocol";
      case ASCII -> "text and meta protocol";
      case BINARY -> "binary protocol";
    };
  }

  private static String after(int seconds) {
    return seconds == 0 ? "never" : "after " + seconds + " s";
  }

  private void access(ClientTls tls, Optional<InetSocketAddress> admin) {
    String users =
        options.features().users().map(file -> "the users of " + file).orElse("everybody");
    line(
        "access",
        users
            + "; "
            + tls.description().orElse("no TLS")
            + admin
                .map(address -> "; admin port http://" + AddressText.of(address) + "/")
                .orElse(""));
  }

  private void region() {
    boolean disk = !region.get("disk").equals("none");
    String full = options.memory().evictions() ? "evicts when full" : "refuses when full (-M)";
    line(
        "region",
        "%s, in %s; %s"
            .formatted(
                region.get("region"), disk ? "Ehcache's stores on heap and disk" : "memory", full));
    line(
        "limits",
        "region %s, item %d kB; items live %s"
            .formatted(
                region.get("bound"),
                options.memory().maxItemSize() / 1024,
                region.get("lifetime")));
  }

  private static String found(ReplicationStatus status) {
    return "; reached so far: "
        + status.reachablePeers()
        + (status.expectedPeers() > 0 ? " of " + status.expectedPeers() : "");
  }

  private void peers(String found) {
    line("replication", region.get("replication") + "; bootstrap: " + region.get("bootstrap"));
    String secret =
        options.node().peerSecret().map(file -> ", peers prove themselves by " + file).orElse("");
    String listener = region.get("listener");
    line(
        "peers",
        region.get("discovery")
            + (listener.equals("none") ? "" : "; listening at " + listener + secret)
            + found);
  }
}
