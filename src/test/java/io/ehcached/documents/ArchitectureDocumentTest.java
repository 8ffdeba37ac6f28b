package io.ehcached.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md tells of the packages that there are. */
class ArchitectureDocumentTest {
  private static final Path SOURCES = Path.of("src/main/java/io/ehcached");
  private static final Document DOCUMENT = Document.of("docs/architecture.md");

  @Test
  void table_hasARowForEveryPackage() throws IOException {
    Set<String> named = new TreeSet<>();
    DOCUMENT.tables("package").forEach(table -> named.addAll(table.names()));

    assertThat(named).as("packages in the table of docs/architecture.md").isEqualTo(packages());
  }

  @Test
  void diagram_isMadeOfPackages() throws IOException {
    String diagram =
        DOCUMENT.blocks().stream()
            .filter(block -> block.language().equals("mermaid"))
            .map(Document.Block::text)
            .collect(Collectors.joining());
    Set<String> outermost =
        packages().stream().filter(name -> !name.contains(".")).collect(Collectors.toSet());
    outermost.removeAll(
        Set.of(
            "address",
            "item",
            "protocol",
            "auth",
            "options",
            "process",
            "files",
            "json",
            "logging",
            "spelling")); // used by all
    outermost.removeAll(
        Set.of("node", "archive", "compare")); // the frame of the picture, and programs beside it

    assertThat(outermost)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(diagram).contains(name + "[\"" + name + "<br>"));
  }

  private static Set<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
