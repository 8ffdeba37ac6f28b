package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.options.OptionsParser;
import io.ehcached.options.UsageException;
import io.ehcached.support.Document;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The heaps in docs/operations.md are those that nodes are started with. */
class DocumentedHeapTest {
  @Test
  void heap_isAsTheTableSays() throws UsageException {
    List<List<String>> rows = Document.of("docs/operations.md").tables("bound").get(0).rows();
    assertThat(rows).isNotEmpty();
    for (List<String> row : rows) {
      List<String> arguments =
          JvmArguments.of(
              OptionsParser.parse(Map.of(), "-m", megabytes(row.get(0))),
              Map.of(),
              "",
              17,
              Long.MAX_VALUE);
      assertThat(arguments)
          .contains(
              "-Xms" + megabytes(row.get(1)) + "m",
              "-Xmx" + megabytes(row.get(1)) + "m",
              "-XX:MaxNewSize=" + megabytes(row.get(2)) + "m",
              "-XX:MaxDirectMemorySize=" + megabytes(row.get(3)) + "m");
    }
  }

  private static String megabytes(String cell) {
    assertThat(cell).endsWith(" MB");
    return cell.replace(" MB", "");
  }
}
