package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.LogOptions.Format;
import io.ehcached.options.LogOptions.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogOptionsTest {
  @TempDir Path directory;

  private static ServerOptions parse(String... arguments) throws UsageException {
    return OptionsParser.parse(Map.of(), arguments);
  }

  private static LogOptions logs(String... arguments) throws UsageException {
    return parse(arguments).running().logs();
  }

  @Test
  void levels_areOfTheNodeOrOfSomeLoggers() throws UsageException {
    assertThat(logs("--log-level", "DEBUG", "--log-level", "io.netty=info, replication.link=trace"))
        .isEqualTo(
            new LogOptions(
                Format.TEXT,
                List.of(
                    new Level("", "debug"),
                    new Level("io.netty", "info"),
                    new Level("io.ehcached.replication.link", "trace")),
                Optional.empty()));
    assertThat(logs("--log-level", "root=off").levels()).containsExactly(new Level("root", "off"));
    assertThat(logs("--log-format", "json").format()).isEqualTo(Format.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loud", "", "debug,", "=debug", "a b=debug", "store=", "store=loud"})
  void level_thatIsNone_isSaid(String list) {
    assertThatThrownBy(() -> logs("--log-level", list))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--log-level cannot be '")
        .hasMessageContaining("write error, warn, info, debug or trace");
  }

  @Test
  void fileOfOnesOwn_saysAllOfIt() throws UsageException {
    assertThat(logs("--log-config", "mine.xml").config()).contains(Path.of("mine.xml"));
    assertThatThrownBy(() -> logs("--log-config", "mine.xml", "--log-format", "json"))
        .hasMessageStartingWith("--log-config says all about the log; say in that file what")
        .hasMessageContaining("--log-format");
  }

  @Test
  void severalMistakes_areAllSaid_andTheRestIsKept() throws Exception {
    String[] arguments = {
      "--check-config",
      "-p",
      "x",
      "-t",
      "0",
      "-a",
      "999",
      "-o",
      "idle_timeout=x,bogus",
      "--heap",
      "1k",
      "--log-level",
      "loud",
      "--transport",
      "pigeon",
      "--config",
      "mine.xml",
      "-m",
      "7"
    };

    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> {
              assertThat(e.mistakes())
                  .extracting(mistake -> mistake.split(" ", -1)[0])
                  .containsExactlyInAnyOrder(
                      "-o", "-o", "-p", "-t", "-a", "--heap", "--log-level", "--transport");
              assertThat(e.text().lines()).allMatch(line -> line.startsWith("ehcached: "));
              ServerOptions options = e.options().orElseThrow();
              assertThat(options.node().config()).isEqualTo(Path.of("mine.xml"));
              assertThat(options.memory().limit()).hasValue(7 << 20);
              assertThat(options.network().port()).isEqualTo(11211);
            });
  }

  @Test
  void severalMistakesOfAFile_haveALineEach() throws Exception {
    Path file = Files.writeString(directory.resolve("memcached.conf"), "-m 64\n-t 0\n\n-p x\n");

    assertThatThrownBy(() -> parse("--options-file", file.toString(), "-b", "0"))
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.mistakes())
                    .extracting(mistake -> mistake.replaceAll(" \\(.*", ""))
                    .containsExactlyInAnyOrder(file + ":2: -t", file + ":4: -p", "-b"));
  }
}
