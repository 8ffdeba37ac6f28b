package io.ehcached.replication.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionTimeoutException;

/** A {@link NodeMain} that runs. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final Writer in;
  private final Thread reader;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private NodeProcess(Process process) {
    this.process = process;
    in = process.outputWriter(UTF_8);
    reader = new Thread(this::read, "node-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static NodeProcess start(String listener, String provider) throws IOException {
    return start(listener, provider, false);
  }

  static NodeProcess start(String listener, String provider, boolean requireAuth)
      throws IOException {
    return start(List.of(), listener, provider, requireAuth);
  }

  /** Starts a node on another machine, by a command that runs what follows it there. */
  static NodeProcess start(
      List<String> there, String listener, String provider, boolean requireAuth)
      throws IOException {
    List<String> command = new ArrayList<>(there);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(
        List.of(NodeMain.class.getName(), listener, provider, Boolean.toString(requireAuth)));
    return new NodeProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  /** Waits for the node to say something, and returns what follows it. */
  String awaitLine(String what) {
    return awaitLine(what, 1);
  }

  /** Waits for the node to say something for the nth time. */
  String awaitLine(String what, int nth) {
    try {
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> said(what).size() >= nth || !reader.isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not in time: " + what + " from " + this, e);
    }
    if (said(what).size() < nth) {
      throw new AssertionError("never: " + what + " from " + this);
    }
    return said(what).get(nth - 1);
  }

  /** Returns all that the node has said, without what it began with. */
  List<String> said(String what) {
    String prefix = "> " + what;
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /** Returns the node's log and all else it wrote. */
  String log() {
    return String.join("\n", lines);
  }

  void type(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(log(), e);
    }
  }

  /** Returns what a peer of this node answers to it. */
  String call(String url, String text) {
    int before = said("RESULT").size();
    type(url + " " + text);
    return awaitLine("RESULT", before + 1);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Kills the node as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Has the node shut down in order. */
  void leave() throws IOException, InterruptedException {
    in.close();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "node " + process.pid() + ", which wrote:\n" + log();
  }
}
