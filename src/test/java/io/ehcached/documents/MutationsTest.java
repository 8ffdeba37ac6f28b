package io.ehcached.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that {@code bench/mutations} can put each of its faults into the code as it is now. */
class MutationsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/ehcached");
  private static final Pattern MUTATION =
      Pattern.compile("(?ms)^([\\w-]+) in (\\S+)\n.*?^---\n(.*?)^===$");

  @Test
  void eachMutation_hasItsPlace() throws IOException {
    Matcher mutation = MUTATION.matcher(Files.readString(Path.of("bench/mutations.txt")));
    List<String> wrong = new ArrayList<>();
    int count = 0;
    while (mutation.find()) {
      count++;
      String source = Files.readString(SOURCES.resolve(mutation.group(2)));
      String text = mutation.group(3).strip();
      int first = source.indexOf(text);
      if (first < 0 || source.indexOf(text, first + 1) >= 0) {
        wrong.add(mutation.group(1));
      }
    }
    assertThat(count).isGreaterThan(30);
    assertThat(wrong).isEmpty();
  }
}
