package io.ehcached.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files with what people get wrong, and all that is said of each in one go: {@code
 * src/test/resources/broken} has a text beside each file.
 */
class BrokenFilesTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/broken");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".xml"))
          .sorted()
          .toList();
    }
  }

  private static List<String> said(String file) {
    String here = Path.of("").toAbsolutePath() + "/";
    return NodeConfiguration.read(
            DIRECTORY.resolve(file), null, 0, EhcacheXml.network(EhcacheXml.OWN_ADDRESS))
        .findings()
        .stream()
        .map(finding -> finding.toString().replace(DIRECTORY + "/", "").replace(here, ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isSaidAllThatIsWrongWithIt(String file) throws IOException {
    Path expected = DIRECTORY.resolve(file.replace(".xml", ".txt"));

    assertThat(said(file)).containsExactlyElementsOf(Files.readAllLines(expected));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyMistake_hasItsPlaceAndItsMend(String file) {
    assertThat(said(file))
        .isNotEmpty()
        .filteredOn(line -> line.contains(": error: ") && !line.contains("not well-formed"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(file + ":\\d+: error: <[^>]+>: .*")
                    .containsPattern("; (write|take|leave|say|give|check)|please use"));
  }

  @Test
  void oneFile_withFifteenMistakes_isSaidThemAll() {
    assertThat(said("many.xml").stream().filter(line -> line.contains(": error: ")))
        .hasSizeGreaterThanOrEqualTo(15)
        .extracting(line -> line.substring(0, line.indexOf(": error")))
        .contains(
            "many.xml:1",
            "many.xml:2",
            "many.xml:4",
            "many.xml:5",
            "many.xml:6",
            "many.xml:7",
            "many.xml:8",
            "many.xml:11",
            "many.xml:12",
            "many.xml:13",
            "many.xml:16",
            "many.xml:17",
            "many.xml:18",
            "many.xml:20",
            "many.xml:25");
  }
}
