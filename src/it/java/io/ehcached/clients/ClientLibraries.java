package io.ehcached.clients;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The libraries that no Debian package brings, under {@code target/clients}: fetched once, and
 * again when what they are listed in has changed.
 */
final class ClientLibraries {
  private static final Path TARGET = Path.of("target/clients").toAbsolutePath();
  private static final Path DALLI_5 =
      TARGET.resolve("dalli/usr/share/rubygems-integration/all/gems/dalli-5.2.1/lib");

  /** The class paths of compiled scripts, by the pom that they come from. */
  private static final Map<String, String> CLASS_PATHS = new ConcurrentHashMap<>();

  private ClientLibraries() {}

  /** Returns where dalli 5 is, which only a newer Debian has. */
  static Path dalli5() {
    if (!Files.isDirectory(DALLI_5)) {
      throw new MissingException("dalli 5 is not there (src/it/clients/ruby/fetch-dalli.sh)");
    }
    return DALLI_5;
  }

  /** Returns where the packages for Node are. */
  static Path node() {
    Path directory = TARGET.resolve("node");
    Path list = ScriptLanguage.SCRIPTS.resolve("node/package-lock.json");
    fetch(
        list,
        directory,
        () -> {
          for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(
                ScriptLanguage.SCRIPTS.resolve("node").resolve(file),
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
          }
          return List.of(
              "npm",
              "ci",
              "--ignore-scripts",
              "--no-audit",
              "--no-fund",
              "--prefix",
              "" + directory);
        });
    return directory.resolve("node_modules");
  }

  /** Returns the class path of scripts in Java, compiled, with the libraries that a pom lists. */
  static String java(String pom) {
    return CLASS_PATHS.computeIfAbsent(pom, ClientLibraries::compile);
  }

  private static String compile(String pom) {
    Path directory = TARGET.resolve("java").resolve(pom);
    Path list = ScriptLanguage.SCRIPTS.resolve("java").resolve(pom);
    Path libraries = directory.resolve("lib");
    fetch(
        list,
        directory,
        () ->
            List.of(
                "mvn",
                "-B",
                "-q",
                "-f",
                list.toString(),
                "dependency:copy-dependencies",
                "-DoutputDirectory=" + libraries));
    Path classes = directory.resolve("classes");
    String classPath =
        classes + File.pathSeparator + String.join(File.pathSeparator, in(libraries));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classPath));
    boolean evcache = pom.equals("evcache.xml");
    in(ScriptLanguage.SCRIPTS.resolve("java")).stream()
        .filter(file -> file.endsWith(".java"))
        .filter(
            file -> file.endsWith("Acceptance.java") || file.endsWith("UseEvcache.java") == evcache)
        .forEach(arguments::add);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, told, told, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError(told.toString(StandardCharsets.UTF_8));
    }
    return classPath;
  }

  private static List<String> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says by which command something is fetched into a directory that is there and empty. */
  private interface Fetching {
    List<String> command() throws IOException;
  }

  /** Fetches what a file lists, unless that was done already, into a directory. */
  private static synchronized void fetch(Path list, Path directory, Fetching fetching) {
    Path done = directory.resolve("fetched");
    try {
      String wanted = Files.readString(list);
      if (Files.exists(done) && Files.readString(done).equals(wanted)) {
        return;
      }
      Files.createDirectories(directory);
      Path told = directory.resolve("fetching.log");
      List<String> command = fetching.command();
      int status = run(command, told);
      if (status != 0) {
        throw new MissingException(
            String.join(" ", command) + " failed:\n" + Files.readString(told));
      }
      Files.writeString(done, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int run(List<String> command, Path told) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(told.toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new MissingException(command.get(0) + " is not installed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
