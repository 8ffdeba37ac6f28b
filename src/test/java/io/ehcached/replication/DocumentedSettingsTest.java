package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The defaults in docs/configuration.md are those that hold when nothing is said. */
class DocumentedSettingsTest {
  private static final Document DOCUMENT = Document.of("docs/configuration.md");

  @Test
  void replicatorsDefaults() {
    assertThat(RegionSettings.replicator(told("cacheEventListenerFactory")))
        .isEqualTo(RegionSettings.replicator(new Properties()));
  }

  @Test
  void bootstrapLoadersDefaults() {
    assertThat(RegionSettings.bootstrap(told("bootstrapCacheLoaderFactory")))
        .isEqualTo(RegionSettings.bootstrap(new Properties()));
  }

  /** Returns the properties that the document has defaults for, with these. */
  private static Properties told(String factory) {
    Properties properties = new Properties();
    for (List<String> row : DOCUMENT.tables("property of `" + factory + "`").get(0).rows()) {
      for (String told : Document.spans(row.get(1))) {
        Document.spans(row.get(0)).forEach(name -> properties.setProperty(name, told));
      }
    }
    assertThat(properties).isNotEmpty();
    return properties;
  }
}
