package io.ehcached.node.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCheckTest {
  private static final String APPENDER =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.FileAppender">
          <file>%s</file>
          <append>false</append>
          %s
        </appender>
        <root level="warn"><appender-ref ref="out"/></root>
      </configuration>
      """;
  private static final String ENCODER = "<encoder><pattern>%msg%n</pattern></encoder>";

  @TempDir Path directory;
  private Path xml;

  @BeforeEach
  void writeFile() throws IOException {
    xml =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            "<ehcache><cache name='r' maxBytesLocalHeap='8m'/></ehcache>");
  }

  private List<String> mistakes(String... arguments) throws Exception {
    return mistakes(Map.of(), arguments);
  }

  private List<String> mistakes(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--config", xml.toString()));
    all.addAll(List.of(arguments));
    ServerOptions options = OptionsParser.parse(environment, all.toArray(String[]::new));
    StartCheck check = new StartCheck(options, List.of());
    check.run(NodeConfiguration.read(xml, null, 0));
    return check.mistakes();
  }

  @Test
  void itemsLargerThanHalfTheRegion_areRefused() throws Exception {
    assertThat(mistakes("-I", "256m"))
        .containsExactly(
            "-I (largest item) is more than half of what ehcache.xml lets the region hold, 8 MB of"
                + " heap; write at least -m 512, or a smaller -I");
    assertThat(mistakes("-I", "4m")).isEmpty();
    assertThat(mistakes("-I", "4097k")).hasSize(1);
    assertThat(mistakes()).isEmpty();
  }

  @Test
  void filesThatCouldNotBeWritten_andNamesOfNobody_areToldTogether() throws Exception {
    Path none = directory.resolve("none");

    assertThat(
            mistakes(
                Map.of("MEMCACHED_PORT_FILENAME", directory.toString()),
                "-P",
                none + "/pid",
                "--log-file",
                none + "/log",
                "--log-config",
                none + "/logback.xml",
                "-s",
                none + "/socket",
                "-l",
                "no.invalid",
                "--admin-port=-1",
                "--admin-listen",
                "none.invalid"))
        .containsExactlyInAnyOrder(
            "-P " + none + "/pid cannot be written (no such directory); write another path",
            "--log-file " + none + "/log cannot be written (no such directory); write another",
            "--log-config "
                + none
                + "/logback.xml cannot be used (Could not open ["
                + none
                + "/logback.xml].); write a logback.xml as"
                + " https://logback.qos.ch/manual/configuration.html says",
            "MEMCACHED_PORT_FILENAME=" + directory + " cannot be written (Is a directory)",
            "cannot listen on "
                + none
                + "/socket: there is no such directory; write another path with -s",
            "-l no.invalid: no address has this name; write an address of this machine",
            "--admin-listen none.invalid: no address has this name; write an address of this"
                + " machine");
  }

  @Test
  void pathsThatAreTaken_areTold() throws Exception {
    assertThat(
            mistakes(
                "-P",
                directory.toString(),
                "--log-file",
                directory.toString(),
                "-s",
                xml.toString()))
        .containsExactlyInAnyOrder(
            "-P " + directory + " cannot be written (Is a directory); write another path",
            "--log-file " + directory + " cannot be written (Is a directory); write another",
            "cannot listen on "
                + xml
                + ": it is there already, and is no socket; write another path with -s");
    assertThat(mistakes("-P", xml + "/pid", "--log-file", xml + "/log"))
        .containsExactlyInAnyOrder(
            "-P " + xml + "/pid cannot be written (Not a directory); write another path",
            "--log-file " + xml + "/log cannot be written (Not a directory); write another");
  }

  @Test
  void proofsOfPeersThatWouldNotDo_areTold() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "too short");
    assertThat(mistakesOfPeers("secretFile=" + secret))
        .singleElement()
        .asString()
        .contains("secret in " + secret + " is shorter than 16 characters");

    Files.writeString(secret, "long enough to be a secret");
    assertThat(mistakesOfPeers("secretFile=" + secret)).isEmpty();
    assertThat(mistakesOfPeers("tlsKeyStore=" + secret))
        .containsExactly(
            "cacheManagerPeerListenerFactory: TLS takes all three of tlsKeyStore, tlsTrustStore and"
                + " tlsPasswordFile");
    assertThat(
            mistakesOfPeers(
                "tlsKeyStore=%1$s, tlsTrustStore=%1$s, tlsPasswordFile=%1$s".formatted(secret)))
        .singleElement()
        .asString()
        .startsWith("The peers' key store " + secret + " cannot be read");
    Path other = Files.writeString(directory.resolve("other"), "another of some length");
    assertThat(mistakesOfPeers("secretFile=" + secret, "--peer-secret", other.toString()))
        .singleElement()
        .asString()
        .startsWith("Two different secrets are given for the peers");
  }

  private List<String> mistakesOfPeers(String proofs, String... arguments) throws Exception {
    Files.writeString(
        xml,
        """
        <ehcache>
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="hostName=127.0.0.1, port=4567, peerDiscovery=manual,
                          rmiUrls=//127.0.0.1:4568/r, %s"/>
          <cache name="r" maxBytesLocalHeap="8m">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
          </cache>
        </ehcache>
        """
            .formatted(proofs));
    return mistakes(arguments);
  }

  @Test
  void datagramsForStrangers_areRefused() throws Exception {
    assertThat(mistakes("-U", "11211", "-l", "0.0.0.0"))
        .singleElement()
        .asString()
        .startsWith("-U 11211 with -l 0.0.0.0: ");
  }

  @Test
  void filesThatCanBeWritten_areLeftAsTheyAre() throws Exception {
    Path log = Files.writeString(directory.resolve("log"), "what a running node has logged\n");
    Path config =
        Files.writeString(directory.resolve("logback.xml"), APPENDER.formatted(log, ENCODER));
    List<Path> before = files();

    assertThat(
            mistakes(
                "-P",
                directory.resolve("pid").toString(),
                "--log-file",
                directory.resolve("new.log").toString(),
                "--log-config",
                config.toString(),
                "-s",
                directory.resolve("socket").toString()))
        .isEmpty();

    assertThat(files()).isEqualTo(before);
    assertThat(Files.readString(log)).isEqualTo("what a running node has logged\n");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<configuration><appender name='x' class='none'/>, XML_PARSING - Parsing fatal error on line 1",
    "'<configuration><appender name=\"x\" class=\"none\"/><root><appender-ref ref=\"x\"/></root>"
        + "</configuration>', Could not create an Appender",
    "'<configuration><appender name=\"x\" class=\"ch.qos.logback.core.FileAppender\">"
        + "<file>/dev/null</file></appender><root><appender-ref ref=\"x\"/></root>"
        + "</configuration>', Appender [x] at line 1 has no encoder",
    "'<configuration><appender name=\"x\" class=\"ch.qos.logback.core.ConsoleAppender\">"
        + "</appender><root><appender-ref ref=\"x\"/></root></configuration>', No encoder set",
    "'<configuration><appender name=\"x\" class=\"ch.qos.logback.core.FileAppender\">"
        + "<file>/dev/null/a/log</file><encoder><pattern>%m</pattern></encoder></appender>"
        + "<root><appender-ref ref=\"x\"/></root></configuration>',"
        + " /dev/null/a/log cannot be written: Not a directory"
  })
  void logbackFileThatWouldNotDo_isRefused(String text, String reason) throws Exception {
    Path config = Files.writeString(directory.resolve("logback.xml"), text, UTF_8);

    assertThat(mistakes("--log-config", config.toString()))
        .singleElement()
        .asString()
        .startsWith("--log-config " + config + " cannot be used (")
        .contains(reason);
  }
}
