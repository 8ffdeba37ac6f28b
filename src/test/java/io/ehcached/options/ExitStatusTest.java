package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The exit statuses, and the texts that have to agree with them. */
class ExitStatusTest {
  /** The JVM's own: out of memory, and ended by SIGTERM. */
  private static final List<String> OF_THE_JVM = List.of("3");

  private static List<String> all(String expression, String file) throws IOException {
    return Pattern.compile(expression, Pattern.MULTILINE)
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> codes(Stream<ExitStatus> some) {
    return some.map(one -> Integer.toString(one.code())).sorted().toList();
  }

  @Test
  void table_hasEach() throws IOException {
    String text = Files.readString(Path.of("docs/configuration.md"));
    int start = text.indexOf("## Exit status");
    String section = text.substring(start, text.indexOf("\n## ", start));

    assertThat(
            Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .map(found -> found.group(1)))
        .containsExactlyElementsOf(
            Stream.of(ExitStatus.values()).map(one -> Integer.toString(one.code())).toList());
  }

  @Test
  void manualPage_hasEach_andTheJvms() throws IOException {
    assertThat(all("^\\.B (\\d+)$", "src/packaging/ehcached.1.in"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(codes(Stream.of(ExitStatus.values())).stream(), OF_THE_JVM.stream())
                .toList());
  }

  @Test
  void unit_doesNotRestart_whereARestartCannotHelp() throws IOException {
    String listed = all("^RestartPreventExitStatus=(.*)$", "src/packaging/ehcached.service").get(0);

    assertThat(listed.split(" ", -1))
        .containsExactlyInAnyOrderElementsOf(
            codes(Stream.of(ExitStatus.values()).filter(one -> !one.restartCanHelp())));
  }

  @Test
  void script_endsWithNoOther() throws IOException {
    List<String> used = all("\\bfail (\\d+) ", "bin/ehcached");

    assertThat(used).contains("67", "69", "73", "77");
    assertThat(codes(Stream.of(ExitStatus.values()))).containsAll(used);
  }
}
