package io.ehcached.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Two JVMs with stock Ehcache, which write and look themselves. */
final class StockPair implements Pair {
  private final Configuration configuration;
  private final String heap;
  private final Child[] nodes = new Child[2];
  private final BufferedReader[] in = new BufferedReader[2];

  /**
   * Starts them.
   *
   * @param heap of each, or empty for the JVM's own choice
   */
  StockPair(int megabytes, String heap) {
    configuration = new Configuration(megabytes);
    this.heap = heap;
    start(0);
    start(1);
    Probing.awaitMet(this);
  }

  private void start(int node) {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                heap.isEmpty() ? "-showversion" : "-Xmx" + heap,
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-cp",
                System.getProperty("java.class.path"),
                StockNode.class.getName(),
                configuration.file(node).toString()));
    nodes[node] = new Child(builder, configuration.fresh("log"));
    in[node] = nodes[node].process().inputReader(StandardCharsets.ISO_8859_1);
    answer(node);
  }

  private String ask(int node, String line) {
    tell(node, line);
    return answer(node);
  }

  private void tell(int node, String line) {
    OutputStream out = nodes[node].process().getOutputStream();
    try {
      out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer(int node) {
    try {
      String line = in[node].readLine();
      if (line == null) {
        nodes[node].process().waitFor();
        nodes[node].check();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return "stock";
  }

  @Override
  public void write(int from, int count) {
    ask(0, "write " + from + " " + count);
  }

  @Override
  public Latencies trickle(int firstProbe, int perSecond, int seconds) {
    int count = perSecond * seconds;
    tell(1, "watch " + firstProbe + " " + count / Items.PROBE_EVERY);
    ask(0, "trickle " + firstProbe + " " + perSecond + " " + count);
    return Latencies.parse(answer(1));
  }

  @Override
  public boolean awaitOnPeer(int item, int seconds) {
    return ask(1, "await " + item + " " + seconds).equals("true");
  }

  @Override
  public int countOnPeer(int count) {
    return Integer.parseInt(ask(1, "count " + count));
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
