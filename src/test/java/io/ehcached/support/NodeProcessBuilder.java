package io.ehcached.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a {@link NodeProcess} is started with. */
public final class NodeProcessBuilder {
  private static final String ALONE =
      """
      <ehcache><cache name="memcached" maxBytesLocalHeap="32m" eternal="true"/></ehcache>
      """;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private List<String> prefix = List.of();
  private Path config;
  private Path socket;

  NodeProcessBuilder() {
    // These processes live for seconds: the quick compiler alone serves them best.
    // Every buffer is watched; what is not released is in the log, where NodeProcess looks for it.
    environment.put(
        "EHCACHED_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level=paranoid");
  }

  /** Names the node's {@code ehcache.xml}; without one, the node has no peers. */
  public NodeProcessBuilder config(Path file) {
    config = file;
    return this;
  }

  /** Adds arguments to those of the command line. */
  public NodeProcessBuilder arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** Adds variables to those of the environment. */
  public NodeProcessBuilder environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Has the node listen on a unix socket and on no port. */
  public NodeProcessBuilder socket(Path path) {
    socket = path;
    return this;
  }

  /** Has the node run on one of several machines, where clients reach it by a unix socket. */
  public NodeProcessBuilder on(Hosts hosts, int host) {
    prefix = hosts.on(host);
    return socket(fresh(".sock"));
  }

  /** Keeps the node from having more files open than this. */
  public NodeProcessBuilder maxOpenFiles(int max) {
    prefix = List.of("bash", "-c", "ulimit -n " + max + "; exec \"$@\"", "bash");
    return this;
  }

  /** Starts the node, and waits until it listens. */
  public NodeProcess start() {
    NodeProcess node = launch();
    try {
      if (socket == null) {
        node.awaitReady(node::hasWrittenItsPorts);
      }
      if (socket != null || arguments.stream().noneMatch(one -> one.startsWith("--log-"))) {
        node.awaitReady(node::hasSaidThatItListens); // so that all of its start is in its log
      }
      return node;
    } catch (RuntimeException | Error e) {
      node.process().destroyForcibly();
      throw e;
    }
  }

  private NodeProcess launch() {
    Path portFile = fresh(".port");
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
    builder.environment().putAll(environment);
    try {
      Path output = Files.createTempFile("ehcached", ".log");
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new NodeProcess(builder.start(), output, portFile, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    Path file = config == null ? NodeProcess.config(ALONE) : config;
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("bin/ehcached", "--config", file.toString()));
    command.addAll(socket == null ? List.of("-p", "-1") : List.of("-s", socket.toString()));
    command.addAll(arguments);
    return command;
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
}
