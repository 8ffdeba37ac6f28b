package io.ehcached.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A name server, dnsmasq, with the records that a test gives it. */
public final class NameServer implements AutoCloseable {
  private static final String PROGRAM = "dnsmasq";
  private static final String STARTED = "started, version";

  private final List<String> there;
  private final String address;
  private final Path configuration;
  private final Path log;
  private Process process;

  private NameServer(List<String> there, String address) {
    this.there = List.copyOf(there);
    this.address = address;
    try {
      this.configuration = Files.createTempFile("dnsmasq", ".conf");
      this.log = Files.createTempFile("dnsmasq", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a name server at port 53 of an address; skips the test, saying why, where that is not
   * possible.
   *
   * @param there a command that runs what follows it on a machine; empty for this one
   */
  public static NameServer start(List<String> there, String address) {
    if (!isInstalled()) {
      skip("there is no dnsmasq here: install Debian's dnsmasq-base");
    }
    NameServer server = new NameServer(there, address);
    server.serve();
    return server;
  }

  private static boolean isInstalled() {
    try {
      Process version = new ProcessBuilder(PROGRAM, "--version").start();
      version.getInputStream().readAllBytes();
      return version.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void skip(String reason) {
    System.out.println("skipped: " + reason);
    assumeTrue(false, reason);
  }

  /** Serves these records from now on, as lines of dnsmasq's configuration. */
  public void serve(String... lines) {
    stop();
    try {
      Files.write(configuration, List.of(lines));
      List<String> command = new ArrayList<>(there);
      command.addAll(
          List.of(
              PROGRAM,
              "--keep-in-foreground",
              "--log-facility=-",
              "--user=root",
              "--pid-file",
              "--no-resolv",
              "--no-hosts",
              "--local=/cluster/",
              "--bind-interfaces",
              "--listen-address=" + address,
              "--except-interface=lo-none",
              "--local-ttl=1",
              "--conf-file=" + configuration));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Patience.LONG).until(() -> log().contains(STARTED) || !process.isAlive());
    if (!process.isAlive()) {
      skip("dnsmasq cannot serve at " + address + " port 53: " + log().strip());
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers nothing until it serves again: questions are refused by the machine. */
  public void stop() {
    if (process != null) {
      process.destroyForcibly();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          throw new AssertionError("dnsmasq does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Answers nothing until it serves again: questions are lost. */
  public void fallSilent() {
    try {
      int status =
          new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("dnsmasq cannot be suspended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
