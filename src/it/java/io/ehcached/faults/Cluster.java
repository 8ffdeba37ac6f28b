package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Nodes in processes of their own, each of which may be killed, stopped, and started again. Closing
 * it closes its machines, too.
 */
final class Cluster implements AutoCloseable {
  private final Plan plan;
  private final NodeProcess[] nodes;
  private final TextClient[] clients;
  private final Set<Integer> suspended = new HashSet<>();

  Cluster(Plan plan) {
    this.plan = plan;
    nodes = new NodeProcess[plan.nodes()];
    clients = new TextClient[plan.nodes()];
    try {
      IntStream.range(0, nodes.length).parallel().forEach(i -> nodes[i] = launch(i, plan.file(i)));
      awaitLinked();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private NodeProcess launch(int node, Path file) {
    return plan.builder(node).config(file).start();
  }

  /** Returns the machines that the nodes are on, or null if all are on this one. */
  Hosts hosts() {
    return plan.hosts();
  }

  int size() {
    return nodes.length;
  }

  NodeProcess node(int i) {
    return nodes[i];
  }

  /** Returns the port at which other nodes call one. */
  int peerPort(int i) {
    return plan.peerPort(i);
  }

  /** Returns the URL by which other nodes call one. */
  String url(int i) {
    return plan.url(i);
  }

  /** Tells whether a node with an admin port wants to be sent clients. */
  boolean isReady(int i) {
    try (TextClient client = new TextClient(nodes[i].adminPort())) {
      return client.ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n").startsWith("HTTP/1.1 200");
    }
  }

  /** Returns a client of a node, always the same one while the node lives. */
  TextClient client(int i) {
    if (clients[i] == null) {
      clients[i] = nodes[i].connect();
    }
    return clients[i];
  }

  List<TextClient> clients() {
    return IntStream.range(0, nodes.length).mapToObj(this::client).toList();
  }

  /** Ends a node as {@code kill -9} does. */
  void kill(int i) {
    letGo(i);
    nodes[i].kill();
  }

  /** Forgets the client of a node that ends. */
  void letGo(int i) {
    suspended.remove(i);
    if (clients[i] != null) {
      clients[i].close();
      clients[i] = null;
    }
  }

  /** Starts a node that was killed, and waits until it listens. */
  void restart(int i) {
    nodes[i] = launch(i, plan.file(i));
  }

  /** Starts a node that was killed; it copies by other properties than the rest. */
  void restart(int i, String copying) {
    nodes[i] = launch(i, plan.file(i, copying));
  }

  void suspend(int i) {
    nodes[i].suspend();
    suspended.add(i);
  }

  void resume(int i) {
    nodes[i].resume();
    suspended.remove(i);
  }

  /** Waits until each node knows all others to be there. */
  void awaitLinked() {
    for (int i = 0; i < nodes.length; i++) {
      int node = i;
      eventually("node " + i + " to be live with all others", () -> live(node) == size() - 1);
    }
  }

  /** Returns how many peers a node is live with. */
  long live(int i) {
    return replication(i).entrySet().stream()
        .filter(e -> e.getKey().endsWith(":state") && e.getValue().equals("live"))
        .count();
  }

  /** Returns what a node tells of its peers. */
  Map<String, String> replication(int i) {
    TextClient client = client(i);
    client.send("stats replication\r\n");
    Map<String, String> stats = new HashMap<>();
    for (String line = client.line(); !line.equals("END"); line = client.line()) {
      String[] words = line.split(" ", 3);
      stats.put(words[1], words[2]);
    }
    return stats;
  }

  /** Returns what a node tells of one of its peers. */
  String peer(int i, int peer, String name) {
    Map<String, String> stats = replication(i);
    return stats.entrySet().stream()
        .filter(e -> e.getKey().endsWith(":url"))
        .filter(e -> e.getValue().endsWith(url(peer)))
        .map(e -> stats.get(e.getKey().replace(":url", ":" + name)))
        .findFirst()
        .orElse("none");
  }

  /** Waits for something that takes milliseconds where the machine is not busy. */
  static void eventually(String what, Callable<Boolean> condition) {
    await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  /** Makes the cluster and its network whole again. */
  void mend() {
    if (hosts() != null) {
      hosts().heal();
    }
    for (int i = 0; i < nodes.length; i++) {
      if (!nodes[i].process().isAlive()) {
        letGo(i);
        restart(i);
      } else if (suspended.contains(i)) {
        resume(i);
      }
    }
    awaitLinked();
  }

  /** Returns what the nodes have printed, for those who look for the cause of something. */
  String logs() {
    List<String> logs = new ArrayList<>();
    Arrays.stream(nodes).forEach(node -> logs.add(node.log()));
    return String.join("\n---- the next node ----\n", logs);
  }

  /** Checks that no node told of a fault of its own. */
  void assertSound() {
    for (NodeProcess node : nodes) {
      assertThat(node.log()).doesNotContain("ERROR", "Exception");
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < nodes.length; i++) {
      if (clients[i] != null) {
        clients[i].close();
      }
      if (nodes[i] != null) {
        nodes[i].close();
      }
    }
    if (hosts() != null) {
      hosts().close();
    }
  }
}
