package io.ehcached.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, as {@code bin/ehcached} starts it. */
public final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final Path portFile;
  private final Path socket;

  /**
   * Wraps a process that was started.
   *
   * @param output the file that it prints to
   * @param portFile the file that it writes its ports to
   * @param socket the unix socket that it listens on, or null if it listens on a port
   */
  NodeProcess(Process process, Path output, Path portFile, Path socket) {
    this.process = process;
    this.output = output;
    this.portFile = portFile;
    this.socket = socket;
  }

  /** Returns a builder of a node that has no peers and listens on a port of its own. */
  public static NodeProcessBuilder builder() {
    return new NodeProcessBuilder();
  }

  /** Starts a node with an {@code ehcache.xml}, and waits until it listens. */
  public static NodeProcess start(Path config, String... arguments) {
    return builder().config(config).arguments(arguments).start();
  }

  /** Starts a node that has no peers, and waits until it listens. */
  public static NodeProcess startAlone(String... arguments) {
    return builder().arguments(arguments).start();
  }

  boolean hasSaidThatItListens() {
    return log().lines().anyMatch(line -> line.matches(".* Main: memcached .* listens on .*"));
  }

  /** Tells whether the node has written down all of its ports. */
  boolean hasWrittenItsPorts() {
    return Files.exists(portFile) && read(portFile).endsWith("\n");
  }

  /** Writes an {@code ehcache.xml} to a file of its own. */
  public static Path config(String xml) {
    try {
      return Files.writeString(Files.createTempFile("ehcache", ".xml"), xml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady(Callable<Boolean> ready) {
    await()
        .atMost(Patience.LONG) // who is no test may start a node as well
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ready.call() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the node ended at once:\n" + log());
    }
  }

  private List<Integer> ports(String protocol) {
    return read(portFile)
        .lines()
        .filter(line -> line.startsWith(protocol))
        .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  /** Returns the TCP ports of all that {@code -l} names, in its order. */
  public List<Integer> ports() {
    return ports("TCP");
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
    return ports("TCP").get(0);
  }

  /** Returns the UDP port that clients send to. */
  public int udpPort() {
    return ports("UDP").get(0);
  }

  /** Returns the admin port of a node that was given one. */
  public int adminPort() {
    return ports("ADMIN").get(0);
  }

  /** Returns the process. */
  public Process process() {
    return process;
  }

  /** Connects a client. */
  public TextClient connect() {
    return socket == null ? new TextClient(port()) : new TextClient(socket);
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
