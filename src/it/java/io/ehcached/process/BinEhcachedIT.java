package io.ehcached.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.options.Usage;
import io.ehcached.options.Version;
import io.ehcached.process.Installation.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/ehcached} up to where the node begins. */
class BinEhcachedIT {
  private final Installation real = Installation.real();

  @TempDir Path directory;

  @Test
  void version_isTheOneLineAndNothingElse() throws Exception {
    assertThat(real.run("-V")).isEqualTo(new Ran(0, Version.line() + "\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void help_isTheUsage(String option) throws Exception {
    assertThat(real.run(option)).isEqualTo(new Ran(0, Usage.text() + "\n", ""));
  }

  @Test
  void license_isPrinted() throws Exception {
    assertThat(real.run("-i")).isEqualTo(new Ran(0, Usage.license() + "\n", ""));
  }

  @Test
  void unknownOption_failsInOneLine() throws Exception {
    Ran ran = real.run("--nosuch");

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "ehcached: --nosuch: there is no such option; leave it out, or see ehcached -h\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--chek-config, --check-config",
    "--protocl=ascii, --protocol",
    "--pid-file, --pidfile"
  })
  void misspeltOption_isOneLineWithTheNearest(String given, String nearest) throws Exception {
    Ran ran = real.run(given);

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "ehcached: "
                + given
                + ": there is no such option; write "
                + nearest
                + ", or see ehcached -h\n");
  }

  @ParameterizedTest
  @CsvSource({
    "-l 999.1.1.1",
    "-B http",
    "-c 0",
    "-c -1",
    "-t 0",
    "-I 1000",
    "-I 1025m",
    "-m x",
    "-p 65536",
    "-d -c 0",
    "-Z",
    "-S",
    "-o nosuch"
  })
  void badValue_failsInOneLine(String line) throws Exception {
    Ran ran = real.run(line.split(" ", -1));

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("ehcached: -").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-p -1", "--check-config"})
  void badUsers_areToldBeforeTheNodeListens(String line) throws Exception {
    Path users = directory.resolve("users");
    String[] args = (line + " -Y " + users).split(" ", -1);

    Ran missing = real.run(args);
    assertThat(missing.status()).isEqualTo(64);
    assertThat(missing.err()).contains("ehcached: -Y: " + users + " is not there; write a line");

    Files.writeString(users, "alice:secret\nbob\n");
    Ran malformed = real.run(args);
    assertThat(malformed.status()).isEqualTo(64);
    assertThat(malformed.err())
        .endsWith("-Y: " + users + " line 2 has no colon; write user:password\n")
        .doesNotContain("listens");
  }

  @Test
  void usersThatEverybodyCanRead_areWarnedOf_andRefusedOnRequest() throws Exception {
    Path users = Files.writeString(directory.resolve("users"), "alice:secret\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
    String fault =
        "-Y "
            + users
            + ": everybody on this machine can read or write it; write: chmod o= "
            + users;

    Ran warned = real.run("--check-config", "-Y", users.toString());
    assertThat(warned.status()).isZero();
    assertThat(warned.out() + warned.err()).contains(fault);

    for (String action : new String[] {"--check-config", "-v"}) {
      Ran refused = real.run(action, "--require-private-files", "-Y", users.toString());
      assertThat(refused.status()).isEqualTo(64);
      assertThat(refused.err()).contains(fault).doesNotContain("listens");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check-config", "-v"})
  void certificateThatIsNotThere_isNamed(String option) throws Exception {
    Ran ran = real.run(option, "-Z", "-o", "ssl_chain_cert=/none.pem");

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.err())
        .contains("ehcached: -Z: ssl_chain_cert=/none.pem: there is no such file; write the path")
        .doesNotContain("Exception");
  }

  @Test
  void script_runsThroughSymbolicLinks() throws Exception {
    Path link = directory.resolve("a link");
    Path further = Files.createDirectory(directory.resolve("b")).resolve("ehcached");
    Files.createSymbolicLink(link, real.script());
    Files.createSymbolicLink(further, Path.of("../a link"));

    Ran ran = Installation.ended(List.of(further.toString(), "-V"), Map.of());

    assertThat(ran).isEqualTo(new Ran(0, Version.line() + "\n", ""));
  }

  @Test
  void javaHomeWithoutJava_isTold() throws Exception {
    Ran ran = real.run(Map.of("JAVA_HOME", "/no/such"), "-V");

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err()).contains("JAVA_HOME=/no/such has no bin/java; set it to a JDK 17");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_292, 8", "11.0.2, 11", "16, 16"})
  void javaTooOld_isTold(String version, String feature) throws Exception {
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    executable(
        java,
        "case $* in *-version*) echo 'openjdk version \"%s\" 2020-01-01' >&2 ;;".formatted(version),
        "*) echo 'UnsupportedClassVersionError' >&2; exit 1 ;; esac");

    Ran ran = real.run(Map.of("JAVA_HOME", directory.toString()), "-p", "0");

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err())
        .isEqualTo(
            "ehcached: %s is Java %s; install Java 17 or later, or set JAVA_HOME to one\n"
                .formatted(java, feature));
  }

  @Test
  void nothingBuilt_andNothingToBuildFrom_isTold() throws Exception {
    Ran ran = Installation.bare(directory.resolve("home")).run("-V");

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err()).contains("ehcached.jar is missing, and there is no pom.xml");
  }

  @Test
  void nothingBuilt_andNoMaven_isTold() throws Exception {
    Installation bare = unbuilt();
    Path path = Files.createDirectory(directory.resolve("path"));
    for (String command : List.of("sh", "dirname", "readlink", "flock")) {
      Path found = Path.of("/usr/bin").resolve(command);
      if (Files.exists(found)) {
        Files.createSymbolicLink(path.resolve(command), found);
      }
    }

    Ran ran = bare.run(Map.of("PATH", path.toString()), "-V");

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err()).contains("nothing is built yet, and no Maven is found; install Maven");
  }

  @Test
  void nothingBuilt_twoStartsAtOnce_buildOnce() throws Exception {
    Installation bare = unbuilt();
    Path maven = Files.createDirectory(directory.resolve("maven")).resolve("mvn");
    // As Maven does, this one leaves a jar that is no good before the good one.
    executable(
        maven,
        "echo built >>builds; mkdir -p target; echo junk >target/ehcached.jar",
        "while [ ! -e go ]; do sleep 0.01; done",
        "cp '" + Installation.JAR + "' target/whole; mv target/whole target/ehcached.jar");
    Map<String, String> environment =
        Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH"));

    CompletableFuture<Ran> first = CompletableFuture.supplyAsync(() -> version(bare, environment));
    CompletableFuture<Ran> second = CompletableFuture.supplyAsync(() -> version(bare, environment));
    Files.createFile(bare.home().resolve("go"));

    for (Ran ran : List.of(first.get(), second.get())) {
      assertThat(ran.status()).isZero();
      assertThat(ran.out()).isEqualTo(Version.line() + "\n");
    }
    assertThat(bare.home().resolve("builds")).hasContent("built\n");
    assertThat((first.get().err() + second.get().err()).lines())
        .filteredOn(line -> line.contains("nothing is built yet"))
        .singleElement()
        .asString()
        .startsWith("ehcached: nothing is built yet; building with Maven");
  }

  @Test
  void build_showsItsProgress() throws Exception {
    Installation bare = unbuilt();
    Path maven = Files.createDirectory(directory.resolve("maven")).resolve("mvn");
    executable(
        maven,
        "echo '[INFO] Downloading from central: https://repo.example/a/b/netty-1.jar'",
        "echo '[INFO] --- compiler:3.14.0:compile (default-compile) @ ehcached ---'",
        "while [ ! -e go ]; do sleep 0.01; done",
        "cp '" + Installation.JAR + "' target/ehcached.jar");

    Process process =
        bare.start(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")), "-V");
    try {
      Path err = bare.home().resolve("err");
      await()
          .atMost(60, SECONDS)
          .until(
              () ->
                  Files.exists(err)
                      && Files.readString(err)
                          .contains("ehcached: building for 5 s: compiler:3.14.0:compile\n"));
      Files.createFile(bare.home().resolve("go"));
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
      Files.write(bare.home().resolve("go"), new byte[0]);
    }
  }

  @Test
  void buildThatFails_isOneLine_withThePlaceOfTheLog() throws Exception {
    Installation bare = unbuilt();
    Path maven = Files.createDirectory(directory.resolve("maven")).resolve("mvn");
    executable(maven, "echo '[ERROR] no network'; echo '[ERROR] and more'; exit 1");

    Ran ran = bare.run(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")), "-V");

    Path log = bare.home().toRealPath().resolve("target/build.log");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err().lines())
        .filteredOn(line -> !line.contains("nothing is built yet; building"))
        .containsExactly("ehcached: the build failed; the log is " + log);
    assertThat(log).content().contains("[ERROR] no network", "[ERROR] and more");
  }

  private Installation unbuilt() throws IOException {
    Installation bare = Installation.bare(directory.resolve("home"));
    Files.createFile(bare.home().resolve("pom.xml"));
    return bare;
  }

  private static Ran version(Installation installation, Map<String, String> environment) {
    try {
      return installation.run(environment, "-V");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void executable(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
