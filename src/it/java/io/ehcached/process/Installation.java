package io.ehcached.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A directory laid out as the repository is, from which tests run {@code bin/ehcached}. */
final class Installation {
  static final Path REPOSITORY = Path.of("").toAbsolutePath();
  static final Path JAR = REPOSITORY.resolve("target/ehcached.jar");

  private static final String STUB = "io/ehcached/process/StubNode.class";

  private final Path home;

  /** What a command printed, and how it ended. */
  record Ran(int status, String out, String err) {}

  private Installation(Path home) {
    this.home = home;
  }

  /** Returns the repository itself. */
  static Installation real() {
    return new Installation(REPOSITORY);
  }

  /** Makes one with the script alone: nothing is built there. */
  static Installation bare(Path home) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.copy(REPOSITORY.resolve("bin/ehcached"), home.resolve("bin/ehcached"));
    return new Installation(home);
  }

  /** Makes one whose node is {@link StubNode}, for everybody to read. */
  static Installation withStub(Path home) throws IOException {
    Installation installation = bare(home);
    for (Path path : List.of(home.getParent(), home)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path script = home.resolve("bin/ehcached");
    String text = Files.readString(script);
    assertThat(text).contains("io.ehcached.Main ");
    Files.writeString(script, text.replace("io.ehcached.Main ", "io.ehcached.process.StubNode "));
    Path config = Files.createDirectories(home.resolve("config")).resolve("ehcache.xml");
    Files.copy(REPOSITORY.resolve("config/ehcache.xml"), config);
    Path jar = Files.createDirectories(home.resolve("target")).resolve("ehcached.jar");
    Files.copy(JAR, jar);
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Files.copy(REPOSITORY.resolve("target/test-classes").resolve(STUB), inside.getPath(STUB));
    }
    return installation;
  }

  Path home() {
    return home;
  }

  Path script() {
    return home.resolve("bin/ehcached");
  }

  /** Runs the script to its end. */
  Ran run(String... args) throws IOException, InterruptedException {
    return run(Map.of(), args);
  }

  /** Runs the script to its end, with these variables changed in its environment. */
  Ran run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(args));
    return ended(command, environment);
  }

  /** Starts the script; its output goes to {@code out} and {@code err} of the home. */
  Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(args));
    return builder(command, environment)
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile())
        .start();
  }

  /**
   * Runs a command until it has ended and nobody holds its output open any more, as a shell's
   * {@code $(...)} does.
   */
  static Ran ended(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("ran", ".err");
    try {
      Process process = builder(command, environment).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process));
      try {
        return ran(process, out.get(60, SECONDS), err);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError(command + " does not end, or leaves its output open", e);
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(err);
    }
  }

  private static Ran ran(Process process, String out, Path err)
      throws IOException, InterruptedException {
    assertThat(process.waitFor(60, SECONDS)).as("%s ends", process.info()).isTrue();
    return new Ran(process.exitValue(), out, Files.readString(err));
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("JAVA_OPTS");
    builder.environment().remove("EHCACHED_JAVA_OPTS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(all);
    return builder;
  }
}
