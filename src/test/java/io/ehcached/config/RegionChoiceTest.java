package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionChoiceTest {
  private static final String SEVERAL =
      "<cache name='memcached' maxEntriesLocalHeap='1'/><cache name='sessions' maxEntriesLocalHeap='2'/>";

  @TempDir Path directory;

  @Test
  void onlyRegion_isServed() {
    NodeConfiguration node = read(directory, "<cache name='any' maxEntriesLocalHeap='1'/>");

    assertThat(node.regionName()).isEqualTo("any");
  }

  @Test
  void ofSeveral_theOneNamedMemcachedIsServed() {
    NodeConfiguration node = read(directory, SEVERAL);

    assertThat(node.regionName()).isEqualTo("memcached");
    assertThat(printed(node))
        .singleElement()
        .asString()
        .contains("left out are sessions", "--region");
  }

  @Test
  void regionAskedFor_isServedAlone() {
    NodeConfiguration node = read(directory, SEVERAL, "sessions", 0);

    assertThat(node.regionName()).isEqualTo("sessions");
    assertThat(node.configuration().getCacheConfigurations()).containsOnlyKeys("sessions");
    assertThat(node.bound().entries()).isEqualTo(2);
  }

  @Test
  void regionThatIsNotThere_isAnErrorThatListsThoseThatAre() {
    NodeConfiguration node = read(directory, SEVERAL, "session", 0);

    assertThat(node.isUsable()).isFalse();
    assertThat(printed(node))
        .singleElement()
        .asString()
        .contains("no region session, only memcached, sessions", "write --region sessions");
  }

  @Test
  void nameWithABlank_isSuggestedAsAShellTakesIt() {
    String regions = "<cache name='my region' maxEntriesLocalHeap='1'/>" + SEVERAL;

    assertThat(printed(read(directory, regions, "my regions", 0)))
        .singleElement()
        .asString()
        .contains("write --region 'my region', or ");
  }

  @Test
  void twoOfOneName_areOneMistake() {
    String cache = "<cache name='a' maxEntriesLocalHeap='1'/>";

    assertThat(printed(read(directory, cache + cache)))
        .singleElement()
        .asString()
        .contains("Cannot create cache: a with the same name as an existing one; take it out");
  }

  @Test
  void memoryAskedFor_takesThePlaceOfEveryOtherBound() {
    NodeConfiguration node =
        read(directory, "<cache name='r' maxElementsInMemory='10'/>", null, 64 << 20);

    assertThat(node.isUsable()).isTrue();
    assertThat(node.region().getMaxBytesLocalHeap()).isEqualTo(64 << 20);
    assertThat(node.region().getMaxEntriesLocalHeap()).isZero();
    assertThat(printed(node))
        .singleElement()
        .asString()
        .contains("note: ", "-m bounds it to 64 MB of heap");
  }
}
