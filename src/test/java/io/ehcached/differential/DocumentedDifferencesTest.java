package io.ehcached.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/differences.md} has a row for each {@link Difference}, with a reason, and no more.
 */
class DocumentedDifferencesTest {
  private static final Path DOCUMENT = Path.of("docs/differences.md");
  private static final Path TRANSCRIPTS = Path.of("src/it/resources/conformance");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\|(.+)\\|(.+)\\|(.+)\\|");
  private static final String DIFFERS = "# differs: ";

  @Test
  void onPurpose_eachHasARow() throws IOException {
    assertThat(rows("## On purpose")).isEqualTo(labels(true));
  }

  @Test
  void sinceDebians_eachHasARow() throws IOException {
    assertThat(rows("## Since 1.6.18")).isEqualTo(labels(false));
  }

  private static List<String> labels(boolean onPurpose) {
    return Stream.of(Difference.values())
        .filter(one -> one.isOnPurpose() == onPurpose)
        .map(Difference::label)
        .toList();
  }

  private static List<String> rows(String heading) throws IOException {
    List<String> names = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      section = line.startsWith("## ") ? line : section;
      Matcher row = ROW.matcher(line);
      if (section.equals(heading) && row.matches()) {
        assertThat(List.of(row.group(2), row.group(3), row.group(4)))
            .as(line)
            .noneMatch(String::isBlank);
        names.add(row.group(1));
      }
    }
    return names;
  }

  @Test
  void transcripts_nameWhatDiffersOnPurpose() throws IOException {
    try (Stream<Path> files = Files.walk(TRANSCRIPTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines = Files.readAllLines(file);
        List<String> named =
            lines.stream()
                .filter(line -> line.startsWith(DIFFERS))
                .map(line -> line.substring(DIFFERS.length()))
                .toList();
        assertThat(labels(true)).as("%s", file).containsAll(named);
        assertThat(lines.stream().anyMatch(line -> line.startsWith("# ours:")))
            .as("whether %s differs on purpose", file)
            .isEqualTo(!named.isEmpty());
      }
    }
  }
}
