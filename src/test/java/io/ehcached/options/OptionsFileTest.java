package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.options.ServerOptions.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsFileTest {
  private static final long MB = 1024 * 1024;

  @TempDir Path directory;

  @Test
  void lines_areOptions_butForCommentsAndBlanks() throws Exception {
    ServerOptions options =
        parse(
            """
            # a comment

              -m 64   # megabytes
            -p11212
            --protocol=ascii
            -l 127.0.0.1,::1
            -FX
            -P "/run/a b#c.pid"
            -p -1
            """);

    assertThat(options.memory().limit()).isEqualTo(OptionalLong.of(64 * MB));
    assertThat(options.network().port()).isEqualTo(-1);
    assertThat(options.network().protocol()).isEqualTo(Protocol.ASCII);
    assertThat(options.network().listen())
        .containsExactly(
            new ListenAddress("127.0.0.1", OptionalInt.empty(), false),
            new ListenAddress("::1", OptionalInt.empty(), false));
    assertThat(options.features().flush()).isFalse();
    assertThat(options.features().dump()).isFalse();
    assertThat(options.running().pidFile()).contains(Path.of("/run/a b#c.pid"));
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void whatDebiansScriptsPassOver_isPassedOver() throws Exception {
    ServerOptions options = parse("-d\n-h\nlogfile /var/log/memcached.log\n");

    assertThat(options.action()).isEqualTo(ServerOptions.Action.RUN);
    assertThat(options.running().daemon()).isFalse();
    assertThat(options.running().logFile()).isEmpty();
    assertThat(options.warnings())
        .containsExactly(
            file() + ":3: logfile is passed over; --log-file names a file for the log");
    assertThat(parse("", "-d").running().daemon()).isTrue();
  }

  @Test
  void commandLine_takesThePlaceOfTheFilesLines_whereverTheFileIsNamed() throws Exception {
    String text = "-m 64\n-l 10.0.0.1\n-vv\n-o idle_timeout=5,track_sizes\n-c 7\n";

    ServerOptions options =
        parse(text, "-m", "32", "--listen", "::1", "-v", "-o", "idle_timeout=6");

    assertThat(options.memory().limit()).isEqualTo(OptionalLong.of(32 * MB));
    assertThat(options.network().listen())
        .containsExactly(new ListenAddress("::1", OptionalInt.empty(), false));
    assertThat(options.running().verbosity()).isEqualTo(1);
    assertThat(options.connections().idleSeconds()).isEqualTo(6);
    assertThat(options.observing().sizes()).isTrue();
    assertThat(options.connections().max()).isEqualTo(7);
    assertThat(parse("-c x", "-c", "8").connections().max()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "'-m 64\n-c x', 2, -c (connections) cannot be 'x'",
    "'-m 64\n\n-Q', 3, -Q: there is no such option",
    "'-m', 1, -m needs a value; write -m <num>",
    "'-m 64\n-S\n-c 5', 2, -S needs to know the users",
    "'foo bar', 1, 'foo' is no option",
    "'-x 10.0.0.2', 1, -x: there is no such option; peers are named in ehcache.xml",
    "'-c 7\n--options-file=/b', 2, --options-file cannot name another",
    "'-m 4\n-c 9\n-I 3m', 1, -I (largest item) is more than half of -m"
  })
  void mistake_isToldWithFileAndLine(String text, int line, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file() + ":" + line + ": " + message);
  }

  @Test
  void mistakesOfFileAndCommandLine_areToldTogether() {
    assertThatThrownBy(() -> parse("-Q\n-m 64\nfoo\n-c x", "--nosuch", "-R", "0"))
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.mistakes())
                    .extracting(mistake -> mistake.replaceAll(": there.*| is no .*| cannot.*", ""))
                    .containsExactlyInAnyOrder(
                        file() + ":1: -Q",
                        file() + ":3: 'foo'",
                        file() + ":4: -c (connections)",
                        "--nosuch",
                        "-R (requests at once)"));
  }

  @Test
  void mistakeOfTheCommandLine_namesNoLine() {
    assertThatThrownBy(() -> parse("-m 64", "-c", "0"))
        .hasMessageStartingWith("-c (connections) cannot be '0'");
  }

  @Test
  void fileThatCannotBeRead_isTold() {
    assertThatThrownBy(() -> OptionsParser.parse(Map.of(), "--options-file", "/no/such"))
        .hasMessageStartingWith("--options-file /no/such is not there; write the path");
    assertThatThrownBy(() -> OptionsParser.parse(Map.of(), "--options-file=" + directory))
        .hasMessageContaining(directory + " cannot be read");
    assertThatThrownBy(
            () -> OptionsParser.parse(Map.of(), "--options-file", "/no/such", "-Q", "-c", "0"))
        .hasMessageContaining("--options-file /no/such is not there")
        .hasMessageContaining("-Q: there is no such option")
        .hasMessageContaining("-c (connections) cannot be '0'");
  }

  @Test
  void debiansOwnFile_isTaken() throws Exception {
    Path debians = Path.of("/usr/share/memcached/memcached.conf.default");
    assumeTrue(Files.exists(debians), "package memcached is not installed: its file is not tried");

    ServerOptions options =
        OptionsParser.parse(Map.of(), "--options-file", debians.toString(), "-u", "me");

    assertThat(options.memory().limit()).isEqualTo(OptionalLong.of(64 * MB));
    assertThat(options.network().port()).isEqualTo(11_211);
    assertThat(options.running().user()).contains("me");
    assertThat(options.running().daemon()).isFalse();
    assertThat(options.running().pidFile()).contains(Path.of("/var/run/memcached/memcached.pid"));
    assertThat(options.warnings()).hasSize(1);
  }

  private Path file() {
    return directory.resolve("memcached.conf");
  }

  private ServerOptions parse(String text, String... more) throws UsageException, IOException {
    Files.writeString(file(), text);
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--options-file", file().toString()));
    return OptionsParser.parse(Map.of(), args.toArray(String[]::new));
  }
}
