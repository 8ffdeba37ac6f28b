package io.ehcached.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives nodes wall clocks of their own, by Debian's package faketime. */
final class Faketime {
  private final Path library;

  private Faketime(Path library) {
    this.library = library;
  }

  /** Returns it; skips the test, saying why, where it is not installed. */
  static Faketime find() {
    Optional<Path> library = library();
    if (library.isEmpty()) {
      String reason = "clocks cannot be set apart here: needs Debian's package faketime";
      System.out.println("skipped: " + reason);
      assumeTrue(false, reason);
    }
    return new Faketime(library.orElseThrow());
  }

  /** Debian keeps it under the name of the machine's architecture. */
  private static Optional<Path> library() {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the environment of a node whose clock is off by so many seconds, {@code +300} say. */
  Map<String, String> off(String seconds) {
    Map<String, String> environment = environment();
    environment.put("FAKETIME", seconds);
    return environment;
  }

  /** Returns the environment of a node whose clock is off by what a file says at the time. */
  Map<String, String> offBy(Path file) {
    Map<String, String> environment = environment();
    environment.put("FAKETIME_TIMESTAMP_FILE", file.toString());
    environment.put("FAKETIME_CACHE_DURATION", "1");
    return environment;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LD_PRELOAD", library.toString());
    // The JVM waits by the monotonic clock, which is to stay what it is.
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return environment;
  }
}
