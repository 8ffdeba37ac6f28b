package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.PLAIN_REGION;
import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing about a region that trips people up is said, with its place and its mend. */
class RegionFindingsTest {
  @TempDir Path directory;

  private static Arguments of(String what, String content, String... parts) {
    return Arguments.of(what, content, parts);
  }

  static Stream<Arguments> findings() {
    return Stream.of(
        of("no region", "", "error: <ehcache>", "write <cache name=\"memcached\""),
        of(
            "only a default",
            "<defaultCache maxEntriesLocalHeap='5'/>",
            "error: <defaultCache>",
            "<cache name=\"memcached\" .../>"),
        of(
            "several regions",
            "<cache name='a' maxEntriesLocalHeap='1'/><cache name='b' maxEntriesLocalHeap='1'/>",
            "error: <ehcache>",
            "a, b",
            "--region NAME"),
        of(
            "no bound",
            "<cache name='r'/>",
            "error: <cache name=\"r\">: has no bound",
            "maxBytesLocalHeap=\"256m\""),
        of(
            "unbounded",
            "<cache name='r' maxElementsInMemory='0'/>",
            "warning: ",
            "grows until the heap is full"),
        of(
            "two bounds",
            "<cache name='r' maxEntriesLocalHeap='9' maxBytesLocalHeap='1m'/>",
            "error: ",
            "leave maxBytesLocalHeap"),
        of(
            "bytes below zero",
            "<cache name='r' maxBytesLocalHeap='-5m'/>",
            "error: ",
            "-5m is no bound; write"),
        of(
            "items below zero",
            "<cache name='r' maxEntriesLocalHeap='-5'/>",
            "error: ",
            "maxEntriesLocalHeap=\"-5\" is refused"),
        of(
            "share of nothing",
            "<cache name='r' maxBytesLocalHeap='10%'/>",
            "error: ",
            "10% is a share of nothing"),
        of(
            "copies",
            "<cache name='r' maxEntriesLocalHeap='9' copyOnRead='true'/>",
            "note: ",
            "copyOnRead is switched off"),
        of(
            "transactions",
            "<cache name='r' maxEntriesLocalHeap='9' transactionalMode='local' copyOnRead='true' copyOnWrite='true'/>",
            "warning: ",
            "transactionalMode is left out"),
        of(
            "off heap",
            "<cache name='r' maxEntriesLocalHeap='9' overflowToOffHeap='true' maxBytesLocalOffHeap='1g'/>",
            "warning: ",
            "overflowToOffHeap is left out"),
        of(
            "items that outlive the node",
            "<cache name='r' maxEntriesLocalHeap='9' overflowToDisk='true' diskPersistent='true'/>",
            "warning: ",
            "diskPersistent is left out"),
        of(
            "eternal and mortal",
            "<cache name='r' maxEntriesLocalHeap='9' eternal='true' timeToLiveSeconds='5'/>",
            "warning: ",
            "timeToLiveSeconds does nothing beside eternal"),
        of(
            "unknown policy",
            "<cache name='r' maxEntriesLocalHeap='9' memoryStoreEvictionPolicy='ARC'/>",
            "warning: ",
            "write LRU, LFU, FIFO or CLOCK"),
        of(
            "terracotta",
            "<cache name='r' maxEntriesLocalHeap='9'><terracotta/></cache>",
            "note: <terracotta>: is left out"),
        of(
            "search",
            "<cache name='r' maxEntriesLocalHeap='9'><searchable/></cache>",
            "note: <searchable>: is left out"),
        of(
            "restartable",
            "<cache name='r' maxEntriesLocalHeap='9'><persistence strategy='localRestartable'/></cache>",
            "warning: <persistence>",
            "commercial edition"),
        of(
            "unknown listener",
            region("<cacheEventListenerFactory class='com.acme.Listener'/>"),
            "warning: <cacheEventListenerFactory>",
            "com.acme.Listener is not on the class path"),
        of(
            "left out",
            "<terracottaConfig url='a:1'/>" + PLAIN_REGION,
            "note: <terracottaConfig>: is left out"),
        of(
            "unknown element",
            "<cash name='r'/>" + PLAIN_REGION,
            "error: <cash name=\"r\">: does not belong in <ehcache>; write <cache>"),
        of(
            "unknown attribute",
            "<cache name='r' maxEntriesLocalHeap='9' timeToLive='5'/>",
            "error: ",
            "does not allow the attribute timeToLive"),
        of(
            "misspelt attribute",
            "<cache name='r' maxEntryLocalHeap='9' maxBytesLocalHeap='1m'/>",
            "error: ",
            "write maxEntriesLocalHeap"),
        of(
            "no number",
            "<cache name='r' maxEntriesLocalHeap='many'/>",
            "error: ",
            "maxEntriesLocalHeap=\"many\" is refused: not a number"),
        of(
            "no truth",
            "<cache name='r' maxEntriesLocalHeap='9' eternal='yes'/>",
            "error: ",
            "eternal=\"yes\" is refused"),
        of(
            "nameless region",
            "<cache maxEntriesLocalHeap='9'/>" + PLAIN_REGION,
            "error: <cache>: has no name"),
        of(
            "same name twice",
            PLAIN_REGION + PLAIN_REGION,
            "error: <cache name=\"r\">",
            "same name"),
        of(
            "token",
            "<cache name='r' maxEntriesLocalHeap='9' logging='${no.such.property}'/>",
            "warning: ",
            "-Dno.such.property="));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("findings")
  void mistake_isSaidInOneLine(String what, String content, String[] parts) {
    assertThat(printed(read(directory, content)))
        .anySatisfy(line -> assertThat(line).startsWith("ehcache.xml:1: ").contains(parts))
        .allSatisfy(line -> assertThat(line).doesNotContain("\n", "Exception"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxBytesLocalHeap='64mb'",
        "maxBytesLocalHeap='-5m'",
        "maxEntriesLocalHeap='-5'",
        "maxElementsInMemory='-5'",
        "maxEntriesLocalHeap='many'"
      })
  void wrongBound_isTheOneFinding(String bound) {
    assertThat(printed(read(directory, "<cache name='r' " + bound + "/>")))
        .singleElement()
        .asString()
        .startsWith("ehcache.xml:1: error: <cache name=\"r\">: ");
  }

  @Test
  void mistakes_areFoundInOneGoEachAtItsLine() {
    NodeConfiguration node =
        read(
            directory,
            """

            <!-- two lines
                 of comment -->
            <cache name="memcached"
                maxBytesLocalHeap="1m"
                eternall="true">
              <bogus/>
              <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
                  properties="replicatePuts=true,
                              replicatePutsViaCopy=false"/>
            </cache>
            <cache name="s" maxEntriesLocalHeap="x"/>
            """);

    assertThat(node.isUsable()).isFalse();
    assertThat(printed(node))
        .anyMatch(
            line ->
                line.startsWith(
                    "ehcache.xml:6: error: <cache name=\"memcached\">: does not allow the attribute eternall; write eternal"))
        .anyMatch(line -> line.startsWith("ehcache.xml:7: error: <bogus>"))
        .anyMatch(
            line ->
                line.startsWith(
                    "ehcache.xml:10: warning: <cacheEventListenerFactory>: replicatePutsViaCopy"))
        .anyMatch(
            line ->
                line.startsWith(
                    "ehcache.xml:12: error: <cache name=\"s\">: maxEntriesLocalHeap=\"x\""));
  }
}
