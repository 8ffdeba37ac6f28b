package io.ehcached.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated
class LoggingTest {
  private static final Logger OURS = LoggerFactory.getLogger("io.ehcached.store.Some");
  private static final Logger THEIRS = LoggerFactory.getLogger("io.netty.Some");

  private final PrintStream real = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(real);
    Logging.verbosity(0);
    Logging.started();
  }

  @Test
  void event_isOneLineOfTimeLevelWhoAndWhat() {
    OURS.info("hello {}", 1);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  store\\.Some: hello 1\\R");
  }

  @Test
  void event_withLineEndsFromOutside_isStillOneLine() {
    OURS.warn("key {}", "a\r\nINFO forged\u001b[2J", new IOException("gone\nfar"));

    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith(
            "WARN  store.Some: key a\\r\\nINFO forged\\u001b[2J: java.io.IOException: gone\\nfar");
  }

  @Test
  void stack_isShownForErrorsAndWhenVerbose() {
    OURS.error("broken", new IOException("x"));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("java.io.IOException: x | at io.ehcached.")
        .contains("(LoggingTest.java:");

    printed.reset();
    Logging.verbosity(1);
    OURS.info("odd", new IOException("x"));
    assertThat(lines()).singleElement().asString().contains("LoggingTest.java:");
  }

  @Test
  void verbosity_setsWhoIsHeard() {
    heard(0, "ours info", "theirs warn");
    heard(1, "ours info", "ours debug", "theirs warn");
    heard(2, "ours info", "ours debug", "theirs warn", "theirs debug");
    heard(
        3, "ours info", "ours debug", "ours trace", "theirs warn", "theirs debug", "theirs trace");
    heard(
        9, "ours info", "ours debug", "ours trace", "theirs warn", "theirs debug", "theirs trace");
    heard(0, "ours info", "theirs warn");
  }

  @Test
  void ehcachesNoise_isKeptOffUnlessAskedFor() {
    Logger noise =
        LoggerFactory.getLogger("net.sf.ehcache.distribution.RMICacheManagerPeerListener");
    noise.warn("Explicitly setting the listener hostname to 'localhost'");
    LoggerFactory.getLogger("net.sf.ehcache.distribution.PayloadUtil").warn("real");
    assertThat(lines()).singleElement().asString().endsWith("PayloadUtil: real");

    Logging.verbosity(2);
    noise.warn("asked for");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void toFile_appendsToIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("log");
    Files.writeString(file, "before\n");

    Logging.toFile(file);
    Logging.started();
    OURS.info("in the file");
    OURS.warn("there, too");

    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("before"),
            line -> assertThat(line).endsWith("in the file"),
            line -> assertThat(line).endsWith("there, too"));
    assertThat(lines()).isEmpty();
  }

  @Test
  void toFile_showsTroubleOnTheTerminalUntilTheNodeHasStarted(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("log");

    Logging.toFile(file);
    OURS.info("fine");
    OURS.warn("odd");
    OURS.error("broken");
    Logging.started();
    OURS.error("later");

    assertThat(Files.readAllLines(file)).hasSize(4);
    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("odd"), line -> assertThat(line).endsWith("broken"));
  }

  @Test
  void toFile_thatCannotBeWritten_isToldInWords(@TempDir Path directory) {
    Path file = directory.resolve("none").resolve("log");

    assertThatThrownBy(() -> Logging.toFile(file))
        .isInstanceOf(UsageException.class)
        .hasMessage("--log-file " + file + " cannot be written (no such directory); write another");
  }

  private void heard(int verbosity, String... expected) {
    printed.reset();
    Logging.verbosity(verbosity);
    OURS.info("ours info");
    OURS.debug("ours debug");
    OURS.trace("ours trace");
    THEIRS.warn("theirs warn");
    THEIRS.debug("theirs debug");
    THEIRS.trace("theirs trace");
    assertThat(lines())
        .extracting(line -> line.substring(line.indexOf("Some: ") + 6))
        .containsExactly(expected);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
