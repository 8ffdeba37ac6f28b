package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.options.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a node that cannot be started, all of it in one go. */
class CheckConfigIT {
  private static final String MANY = "src/test/resources/broken/many.xml";

  @TempDir Path directory;

  private record Ended(int status, List<String> out, List<String> err) {}

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bin/ehcached"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), lines(out), lines(err));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
  }

  /** The lines for the file that do not depend on this machine's addresses. */
  private static List<String> errorsOfMany() throws IOException {
    return Files.readAllLines(Path.of(MANY.replace(".xml", ".txt"))).stream()
        .filter(line -> line.contains(": error: ") && !line.contains("192.168.0.12"))
        .toList();
  }

  @Test
  void mistakesOfTheCommandLineAndOfTheFile_areSaidTogether() throws Exception {
    Ended ended =
        run(
            "--check-config",
            "--config",
            MANY,
            "-t",
            "0",
            "-I",
            "5",
            "-D",
            "two",
            "--log-level",
            "loud",
            "-o",
            "idle_timeout=x,bogus",
            "-Y",
            "/no/users",
            "-l",
            "no.invalid",
            "--nosuch",
            "value",
            "-P",
            "/no/pid",
            "--log-config",
            "/no/logback.xml",
            "--peer-secret",
            "/no/secret");

    assertThat(ended.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ended.err())
        .allMatch(line -> line.startsWith("ehcached: "))
        .extracting(line -> line.split("[ :]+", -1)[1] + " " + line.split("[ :]+", -1)[2])
        .containsExactlyInAnyOrder(
            "-t (threads)",
            "-I (largest",
            "-D (delimiter)",
            "--log-level cannot",
            "-o idle_timeout",
            "-o bogus",
            "-Y /no/users",
            "-l no.invalid",
            "--nosuch there",
            "-P /no/pid",
            "--log-config says",
            "--log-config /no/logback.xml",
            "--peer-secret The");
    List<String> said =
        ended.out().stream().map(line -> line.substring(line.lastIndexOf('/') + 1)).toList();
    assertThat(errorsOfMany())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            expected -> assertThat(ended.out()).anyMatch(line -> line.endsWith("/" + expected)));
    assertThat(said).isNotEmpty();
  }

  @Test
  void start_saysTheSameOfTheFile() throws Exception {
    Ended ended = run("--config", MANY, "-p", "-1");

    assertThat(ended.status()).isEqualTo(ExitStatus.WRONG_FILE.code());
    assertThat(errorsOfMany())
        .allSatisfy(
            expected ->
                assertThat(ended.err())
                    .anyMatch(
                        line -> line.contains(" ERROR Main: ") && line.endsWith("/" + expected)));
    assertThat(ended.err()).noneMatch(line -> line.startsWith("\tat "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<cacheManagerPeerProviderFactory class='java.lang.String'/>",
        "<cacheManagerPeerListenerFactory class='java.lang.String'/>",
        "<cacheManagerEventListenerFactory class='java.util.AbstractList'/>",
        "<cache name='r' maxBytesLocalHeap='8m'><cacheEventListenerFactory class='java.lang.String'/></cache>",
        "<cache name='r' maxBytesLocalHeap='8m'><cacheExtensionFactory class='java.lang.String'/></cache>",
        // of the right kind, but it needs a library that is not there
        "<cache name='r' maxBytesLocalHeap='8m'><cacheExtensionFactory propertySeparator=';'"
            + " properties='batchSize=10;cronExpression=0/5 * * * * ?' class='net.sf.ehcache"
            + ".constructs.scheduledrefresh.ScheduledRefreshCacheExtensionFactory'/></cache>"
      })
  void classThatCannotBeUsed_isToldInTheSameWordsByTheCheckAndTheStart(String element)
      throws Exception {
    String region = element.contains("<cache ") ? "" : "<cache name='r' maxBytesLocalHeap='8m'/>";
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"), "<ehcache>" + element + region + "</ehcache>");

    Ended checked = run("--check-config", "--config", file.toString());
    Ended started = run("--config", file.toString(), "-p", "-1");

    assertThat(checked.status()).isEqualTo(ExitStatus.WRONG_FILE.code());
    assertThat(started.status()).isEqualTo(ExitStatus.WRONG_FILE.code());
    List<String> errors =
        checked.out().stream().filter(line -> line.contains(": error: ")).toList();
    assertThat(errors).singleElement().asString().startsWith(file + ":1: error: <");
    assertThat(started.err())
        .filteredOn(line -> line.contains(" ERROR "))
        .singleElement()
        .asString()
        .endsWith(errors.get(0));
    assertThat(String.join("\n", started.err())).doesNotContain("Initial cause", "ClassCast");
  }

  @Test
  void onePortForClientsAndPeers_isSaid() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            """
            <ehcache>
              <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                  properties="peerDiscovery=manual, hostName=127.0.0.1, port=4567, rmiUrls=//127.0.0.1:4568/r"/>
              <cache name="r" maxBytesLocalHeap="8m">
                <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
              </cache>
            </ehcache>
            """);

    Ended ended =
        run("--check-config", "--config", file.toString(), "-p", "4567", "--require-peer-auth");

    assertThat(ended.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ended.err())
        .containsExactly(
            "ehcached: --require-peer-auth: nothing says how peers prove themselves; name a file"
                + " with a secret with --peer-secret, the same on all nodes",
            "ehcached: -p 4567: port=4567 of cacheManagerPeerListenerFactory is the same at"
                + " 127.0.0.1; write another number in one of the two places");
  }
}
