package io.ehcached.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two nodes of ours, as {@code bin/ehcached} starts them, and clients that write and look. */
final class NodePair implements Pair {
  private static final int COUNT_AT_ONCE = 100;
  private static final long LOOK_NANOS = 100_000;

  private final Configuration configuration;
  private final String[] options;
  private final Child[] nodes = new Child[2];
  private final int[] ports = new int[2];

  /**
   * Starts them.
   *
   * @param options for {@code bin/ehcached}
   */
  NodePair(int megabytes, String... options) {
    configuration = new Configuration(megabytes);
    this.options = options;
    start(0);
    start(1);
    Probing.awaitMet(this);
  }

  private void start(int node) {
    Path portFile = configuration.fresh("ports");
    ProcessBuilder builder =
        new ProcessBuilder("bin/ehcached", "--config", configuration.file(node).toString());
    builder.command().addAll(java.util.List.of("-p", "-1"));
    builder.command().addAll(java.util.List.of(options));
    builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
    nodes[node] = new Child(builder, configuration.fresh("log"));
    while (!Files.exists(portFile)) {
      nodes[node].check();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    try {
      ports[node] = Integer.parseInt(Files.readString(portFile).replaceAll("\\D+", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "ehcached";
  }

  @Override
  public void write(int from, int count) {
    try (TextConnection client = new TextConnection(ports[0])) {
      client.store(from, count);
    }
  }

  @Override
  public Latencies trickle(int firstProbe, int perSecond, int seconds) {
    int count = perSecond * seconds;
    try (TextConnection writer = new TextConnection(ports[0]);
        TextConnection peer = new TextConnection(ports[1])) {
      Thread answers = Probing.daemon(() -> writer.stored(count));
      Thread writes =
          Probing.daemon(() -> Probing.write(firstProbe, perSecond, count, writer::sendSet));
      Latencies latencies =
          Probing.watch(firstProbe, count / Items.PROBE_EVERY, peer::get, LOOK_NANOS);
      writes.join();
      answers.join();
      return latencies;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean awaitOnPeer(int item, int seconds) {
    try (TextConnection client = new TextConnection(ports[1])) {
      return Probing.await(() -> client.get(Items.key(item)) != null, seconds);
    }
  }

  @Override
  public int countOnPeer(int count) {
    int found = 0;
    try (TextConnection client = new TextConnection(ports[1])) {
      for (int i = 0; i < count; i += COUNT_AT_ONCE) {
        found += client.count(i, Math.min(COUNT_AT_ONCE, count - i));
      }
    }
    return found;
  }

  @Override
  public Child[] nodes() {
    return nodes;
  }

  @Override
  public void restartPeer() {
    start(1);
  }

  @Override
  public int[] peerPorts() {
    return configuration.ports(1);
  }

  @Override
  public void close() {
    nodes[0].close();
    nodes[1].close();
  }
}
