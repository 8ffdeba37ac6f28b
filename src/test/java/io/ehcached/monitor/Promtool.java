package io.ehcached.monitor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool for looking over what it is given. */
final class Promtool {
  private static final Path PATH = Path.of("/usr/bin/promtool");

  private Promtool() {}

  /** Returns what it prints, having read {@code input}; fails where it finds fault. */
  static String run(String input, String... arguments) {
    assumeTrue(
        Files.isExecutable(PATH),
        "promtool is not installed (package prometheus): nothing checks what Prometheus reads");
    List<String> command = new ArrayList<>(List.of(PATH.toString()));
    command.addAll(List.of(arguments));
    try {
      Path file = Files.writeString(Files.createTempFile("promtool", ".in"), input);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(file.toFile())
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " finds fault:\n" + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
