package io.ehcached.clients;

import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Memcached itself, which shows that what a script expects is what its client is used to. */
final class Memcached implements TriedServer {
  private final int port = FreePorts.next();
  private Process process;

  /**
   * Starts it.
   *
   * @throws MissingException where it is not installed
   */
  Memcached() {
    start();
  }

  private void start() {
    List<String> command =
        new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-p", "" + port));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "root"));
    }
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new MissingException(
          "memcached is not installed (apt-get install memcached): " + e.getMessage());
    }
    await().pollInterval(Duration.ofMillis(20)).until(() -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("memcached ended with status " + process.exitValue());
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String one() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String two() {
    return one();
  }

  @Override
  public void restartOne() {
    close();
    start();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
