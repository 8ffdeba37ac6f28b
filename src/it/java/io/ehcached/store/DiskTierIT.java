package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the heap has no room for comes back from the disk, in a node that nobody calls. */
class DiskTierIT {
  private static final int ITEMS = 300;

  @TempDir Path directory;

  @Test
  void itemsBeyondTheHeap_areReadFromTheDisk() {
    Path config =
        NodeProcess.config(
            """
            <ehcache>
              <diskStore path="%s"/>
              <cache name="memcached" maxEntriesLocalHeap="10" eternal="true" overflowToDisk="true"/>
            </ehcache>
            """
                .formatted(directory));

    try (NodeProcess node = NodeProcess.start(config, "--heap", "64m");
        TextClient client = node.connect()) {
      for (int i = 0; i < ITEMS; i++) {
        client.set("key" + i, "a value of some bytes " + i);
      }
      for (int i = 0; i < ITEMS; i++) {
        assertThat(client.get("key" + i)).isEqualTo("a value of some bytes " + i);
      }
    }
  }
}
