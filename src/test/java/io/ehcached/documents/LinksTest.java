package io.ehcached.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links between documents lead somewhere, and lead everywhere. */
class LinksTest {
  private static final List<Document> ALL = Document.all();

  @Test
  void link_leadsToAFileAndAHeadingThatAreThere() {
    List<String> broken = new ArrayList<>();
    for (Document document : ALL) {
      for (String link : document.links()) {
        if (!link.contains("://") && !leadsSomewhere(document, link)) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertThat(broken).as("links to what is not there").isEmpty();
  }

  private static boolean leadsSomewhere(Document document, String link) {
    String file = link.replaceAll("#.*", "");
    String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
    Path target = file.isEmpty() ? document.file() : resolve(document, file);
    return Files.exists(target)
        && (anchor.isEmpty() || Document.of(target.toString()).anchors().contains(anchor));
  }

  private static Path resolve(Document document, String file) {
    return Path.of("").resolve(document.file()).resolveSibling(file).normalize();
  }

  @Test
  void readme_leadsToEveryDocument() {
    Document readme = Document.of("README.md");
    Set<Path> linked =
        readme.links().stream().map(link -> resolve(readme, link)).collect(Collectors.toSet());
    assertThat(ALL)
        .filteredOn(document -> !document.file().startsWith("docs/decisions"))
        .filteredOn(document -> !document.file().equals(readme.file()))
        .as("documents that README.md should link to")
        .allSatisfy(document -> assertThat(linked).contains(document.file()));
  }
}
