package io.ehcached.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ehcached.support.Hosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that runs on a machine, as somebody has typed it there. */
final class Terminal implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Terminal(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command. */
  static Terminal start(Hosts hosts, Path directory, String... command) throws IOException {
    Path output = Files.createTempFile("terminal", ".txt");
    ProcessBuilder builder = builder(hosts, directory, command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Terminal(builder.start(), output);
  }

  /** Runs a command to its end, and returns the lines that it prints. */
  static List<String> run(Hosts hosts, Path directory, String command) {
    try {
      ProcessBuilder builder = builder(hosts, directory, "bash", "-c", command);
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(Hosts hosts, Path directory, String... command) {
    List<String> words = new ArrayList<>(hosts.on(0));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().put("EHCACHED_JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // they live shortly
    return builder;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns what it has printed so far. */
  String shown() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as Ctrl-C does, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
