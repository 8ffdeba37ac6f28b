package io.ehcached.conformance;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import io.ehcached.support.UsersFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our node, in a process of its own, which transcripts with the same options share: it is flushed
 * for each. Only one that clients may stop is not shared.
 */
public final class EhcachedNode implements ServerUnderTest {
  private static final Map<List<String>, NodeProcess> SHARED = new HashMap<>();
  private static final Path CONFIG =
      NodeProcess.config(
          """
          <ehcache>
            <cache name="memcached" maxBytesLocalHeap="64m" eternal="true"/>
          </ehcache>
          """);

  private final NodeProcess node;
  private final boolean shared;
  private final InetSocketAddress address;

  private EhcachedNode(NodeProcess node, boolean shared) {
    this.node = node;
    this.shared = shared;
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port());
  }

  /** Returns a node that is empty. */
  public static EhcachedNode start(List<String> options) {
    if (options.contains("-A")) {
      return new EhcachedNode(startProcess(options), false);
    }
    NodeProcess node = SHARED.computeIfAbsent(options, EhcachedNode::startProcess);
    try (TextClient client = node.connect()) {
      client.ask("flush_all");
    }
    return new EhcachedNode(node, true);
  }

  private static NodeProcess startProcess(List<String> options) {
    return NodeProcess.start(CONFIG, UsersFile.in(options).toArray(String[]::new));
  }

  /** Stops all that are shared. */
  public static void stopAll() {
    SHARED.values().forEach(NodeProcess::close);
    SHARED.clear();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean isOfToday() {
    return true;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void close() {
    if (!shared) {
      node.close();
    }
  }
}
