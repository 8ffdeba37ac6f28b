package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.store.Digests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Nodes within one JVM that all know each other. */
final class TestCluster implements AutoCloseable {
  /** Quick, so that tests are. */
  static final ReplicationSettings SETTINGS =
      ReplicationSettings.defaults()
          .sending(100, 300)
          .keeping(new ReplicationSettings.Repair(200, 10_000, 10_000, 600_000, Digests.SLICES));

  final List<TestNode> nodes = new CopyOnWriteArrayList<>();
  private final ReplicationSettings settings;
  private final long seed;
  private int named;
  private long delayMillis;

  TestCluster(int size, ReplicationSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
    for (int i = 0; i < size; i++) {
      add(0, 0);
    }
  }

  static TestCluster of(int size) {
    return new TestCluster(size, SETTINGS, 1);
  }

  TestNode add(long clockOffset, int maxItems) {
    return add(clockOffset, maxItems, null);
  }

  /** Makes the links of nodes to come slow. */
  void delayNewLinks(long millis) {
    delayMillis = millis;
  }

  /** Adds a node that first copies what the others hold. */
  TestNode addCopying(int chunkBytes) {
    return add(0, 0, new BootstrapSettings(true, chunkBytes));
  }

  private TestNode add(long clockOffset, int maxItems, BootstrapSettings copying) {
    TestNode added = new TestNode(++named, settings, clockOffset, maxItems, copying);
    List<TestNode> others = List.copyOf(nodes);
    nodes.add(added);
    for (TestNode node : others) {
      node.meet(added, at(added.url), seed + nodes.size(), delayMillis);
      added.meet(node, at(node.url), seed - nodes.size(), delayMillis);
    }
    return added;
  }

  /** Returns whoever is at an address at the moment. */
  private Supplier<FrameHandler> at(String url) {
    return () ->
        nodes.stream()
            .filter(node -> node.url.equals(url))
            .findFirst()
            .map(node -> (FrameHandler) node.replicator)
            .orElse(null);
  }

  /** Starts a node anew, empty, at the same address; the others notice nothing. */
  void restart(int i) {
    TestNode before = nodes.get(i);
    TestNode after = new TestNode(before.number, settings, 0, 0, null);
    before.links.keySet().forEach(url -> after.meet(byUrl(url), at(url), seed, delayMillis));
    nodes.set(i, after);
    before.close();
  }

  private TestNode byUrl(String url) {
    return nodes.stream().filter(node -> node.url.equals(url)).findFirst().orElseThrow();
  }

  TestNode node(int i) {
    return nodes.get(i);
  }

  FaultyLink link(int from, int to) {
    return nodes.get(from).links.get(nodes.get(to).url);
  }

  /** Stops a node at once; the others cannot reach it any more. */
  void kill(int i) {
    TestNode dead = nodes.get(i);
    for (TestNode node : nodes) {
      if (node != dead) {
        node.links.get(dead.url).cut(true);
        dead.links.get(node.url).cut(true);
      }
    }
    dead.close();
    nodes.remove(i);
  }

  void links(Consumer<FaultyLink> action) {
    for (TestNode node : nodes) {
      node.links.values().forEach(action);
    }
  }

  void heal() {
    links(
        link -> {
          link.cut(false);
          link.hang(false);
          link.disturb(0, 0, 0, 0);
        });
  }

  /** Waits until all nodes hold the same. */
  void awaitConvergence() {
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (TestNode node : nodes) {
                assertThat(node.contents()).isEqualTo(nodes.get(0).contents());
              }
            });
  }

  @Override
  public void close() {
    nodes.forEach(TestNode::close);
  }
}
