package io.ehcached.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A node in a process of its own, as {@code bin/ehcached} starts it. */
public final class NodeProcess implements AutoCloseable {
  private static final String ALONE =
      """
      <ehcache><cache name="memcached" maxBytesLocalHeap="32m" eternal="true"/></ehcache>
      """;

  private final Process process;
  private final Path output;
  private final Path portFile;
  private final Supplier<TextClient> connector;

  private NodeProcess(Process process, Path output, Path portFile, Supplier<TextClient> connector) {
    this.process = process;
    this.output = output;
    this.portFile = portFile;
    this.connector = connector;
  }

  /**
   * Starts a node with an {@code ehcache.xml}, and waits until it listens, on a port of its own.
   */
  public static NodeProcess start(Path config, String... arguments) {
    return start(Map.of(), config, arguments);
  }

  /** Starts a node with more in its environment, and waits until it listens. */
  public static NodeProcess start(
      Map<String, String> environment, Path config, String... arguments) {
    return start(environment, List.of(), config, arguments);
  }

  /** Starts a node that has no peers and may not open more files, and waits until it listens. */
  public static NodeProcess startWithFiles(int max, String... arguments) {
    List<String> prefix = List.of("bash", "-c", "ulimit -n " + max + "; exec \"$@\"", "bash");
    return start(Map.of(), prefix, config(ALONE), arguments);
  }

  private static NodeProcess start(
      Map<String, String> environment, List<String> prefix, Path config, String... arguments) {
    Path portFile = fresh(".port");
    NodeProcess node =
        launch(
            environment,
            prefix,
            config,
            concat(List.of("-p", "-1"), arguments),
            portFile,
            () -> new TextClient(port(portFile, "TCP")));
    node.awaitReady(() -> Files.exists(portFile) && read(portFile).endsWith("\n"));
    if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("--log-"))) {
      node.awaitReady(node::hasSaidThatItListens); // so that all of its start is in its log
    }
    return node;
  }

  /** Starts a node that has no peers, and waits until it listens. */
  public static NodeProcess startAlone(String... arguments) {
    return start(config(ALONE), arguments);
  }

  /** Starts a node that has no peers, and waits until it listens on a unix socket. */
  public static NodeProcess startOnSocket(Path socket, String... arguments) {
    NodeProcess node =
        launch(
            Map.of(),
            List.of(),
            config(ALONE),
            concat(List.of("-s", socket.toString()), arguments),
            fresh(".port"),
            () -> new TextClient(socket));
    node.awaitReady(node::hasSaidThatItListens);
    return node;
  }

  /** Starts a node that has no peers, with more in its environment, and waits until it listens. */
  public static NodeProcess startAlone(Map<String, String> environment, String... arguments) {
    return start(environment, config(ALONE), arguments);
  }

  /** Starts a node on one of several machines, and waits until it listens on a unix socket. */
  public static NodeProcess start(Hosts hosts, int host, Path config, String... arguments) {
    return start(hosts, host, Map.of(), config, arguments);
  }

  /** Starts a node on one of several machines, with more in its environment. */
  public static NodeProcess start(
      Hosts hosts, int host, Map<String, String> environment, Path config, String... arguments) {
    Path socket = fresh(".sock");
    NodeProcess node =
        launch(
            environment,
            hosts.on(host),
            config,
            concat(List.of("-s", socket.toString()), arguments),
            fresh(".port"),
            () -> new TextClient(socket));
    node.awaitReady(() -> canConnect(socket));
    node.awaitReady(node::hasSaidThatItListens);
    return node;
  }

  private static NodeProcess launch(
      Map<String, String> environment,
      List<String> prefix,
      Path config,
      List<String> arguments,
      Path portFile,
      Supplier<TextClient> connector) {
    try {
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of("bin/ehcached", "--config", config.toString()));
      command.addAll(arguments);
      Path output = Files.createTempFile("ehcached", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
      // These processes live for seconds: the quick compiler alone serves them best.
      // Every buffer is watched; what is not released is in the log: see awaitEnd.
      builder
          .environment()
          .put(
              "EHCACHED_JAVA_OPTS",
              "-XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level=paranoid");
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new NodeProcess(builder.start(), output, portFile, connector);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> concat(List<String> first, String... second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(second));
    return all;
  }

  /** Returns a path in the temporary folder at which there is nothing yet. */
  private static Path fresh(String suffix) {
    try {
      Path path = Files.createTempFile("ehcached", suffix);
      Files.delete(path);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasSaidThatItListens() {
    return log().lines().anyMatch(line -> line.matches(".* Main: .* listens on .*"));
  }

  private static boolean canConnect(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (TextClient client = new TextClient(socket)) {
      return client.ask("mn").equals("MN");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Writes an {@code ehcache.xml} to a file of its own. */
  public static Path config(String xml) {
    try {
      return Files.writeString(Files.createTempFile("ehcache", ".xml"), xml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns so many TCP ports that nobody listens on. */
  public static int[] freePorts(int count) {
    return IntStream.generate(FreePorts::next).limit(count).toArray();
  }

  /** Returns a UDP port that nobody uses, for a multicast group of one's own. */
  public static int freeUdpPort() {
    return FreePorts.next();
  }

  private void awaitReady(Callable<Boolean> ready) {
    await()
        .atMost(Patience.LONG) // who is no test may start a node as well
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ready.call() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the node ended at once:\n" + log());
    }
  }

  private static int port(Path portFile, String protocol) {
    String line =
        read(portFile).lines().filter(one -> one.startsWith(protocol)).findFirst().orElseThrow();
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** Returns the TCP ports of all that {@code -l} names, in its order. */
  public List<Integer> ports() {
    return read(portFile)
        .lines()
        .filter(line -> line.startsWith("TCP"))
        .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the TCP port that clients connect to. */
  public int port() {
    return port(portFile, "TCP");
  }

  /** Returns the UDP port that clients send to. */
  public int udpPort() {
    return port(portFile, "UDP");
  }

  /** Returns the admin port of a node that was given one. */
  public int adminPort() {
    return port(portFile, "ADMIN");
  }

  /** Returns the process. */
  public Process process() {
    return process;
  }

  /** Connects a client. */
  public TextClient connect() {
    return connector.get();
  }

  /** Returns what the node has printed. */
  public String log() {
    return read(output);
  }

  /** Ends the node as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends the node as {@code kill} does, and returns its exit status. */
  public int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /** Tells the node to read its files again, as {@code kill -HUP} does. */
  public void hangUp() {
    signal("HUP");
  }

  /** Waits until the node has ended by itself, and returns its exit status. */
  public int awaitExit() {
    return awaitEnd();
  }

  /** Holds the node where it is: the system takes its connections, and nobody answers. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets the node go on after {@link #suspend}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the node does not end:\n" + log());
      }
      if (log().contains("LEAK:")) {
        throw new AssertionError("the node did not release all its buffers:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
