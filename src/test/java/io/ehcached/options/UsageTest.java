package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Path MEMCACHED = Path.of("/usr/bin/memcached");

  /** An option at the start of a line: {@code -p, --port=<num>}, {@code -D <char>}. */
  private static final Pattern OPTION =
      Pattern.compile("(?m)^(-[A-Za-z])(?:,? +(--[\\w-]+)(=<)?| (<))");

  @Test
  void text_beginsAsMemcachedsTestToolsParseIt() {
    assertThat(Usage.text().lines().findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line).matches("memcached 1\\.6\\.45 \\(ehcached \\d+\\.\\d+\\.\\d+\\)"));
  }

  @Test
  void text_fitsTheTerminalAndNamesEveryOption() {
    assertThat(Usage.text().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    for (CommandLineOption option : CommandLineOption.values()) {
      assertThat(Usage.text()).contains("\n" + option.shown());
    }
  }

  @Test
  void text_hasMemcachedsOptionsInMemcachedsOrder() throws IOException {
    assumeTrue(
        Files.isExecutable(MEMCACHED), "memcached is not installed: nothing to compare with");
    Process process = new ProcessBuilder(MEMCACHED.toString(), "-h").start();
    String theirs = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(options(Usage.text())).containsExactlyElementsOf(options(theirs));
  }

  @Test
  void license_namesTheLicence() {
    assertThat(Usage.license()).startsWith("memcached 1.6.45 ").contains("Apache License");
  }

  private static List<String> options(String usage) {
    return OPTION
        .matcher(usage)
        .results()
        .map((MatchResult found) -> found.group(1) + " " + found.group(2))
        .toList();
  }
}
