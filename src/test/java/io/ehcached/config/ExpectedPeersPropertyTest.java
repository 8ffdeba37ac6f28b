package io.ehcached.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.config.NodeConfiguration.Overrides;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The property {@code expectedPeers}, and the option that takes precedence over it. */
class ExpectedPeersPropertyTest {
  private static final String MANUAL =
      "hostName=192.168.0.12, port=4567, peerDiscovery=manual, rmiUrls=//192.168.0.13:4567/r";
  private static final Setting SETTING =
      new Setting("cacheManagerPeerProviderFactory " + EhcacheClassNames.PROVIDER, "expectedPeers");

  @TempDir Path directory;

  private NodeConfiguration read(String properties, OptionalInt option) {
    return read(
        EhcacheXml.provider(properties) + EhcacheXml.listener("") + EhcacheXml.replicatedRegion(),
        new Overrides(0, option));
  }

  private NodeConfiguration read(String content, Overrides overrides) {
    Path file = EhcacheXml.write(directory, "<ehcache>" + content + "</ehcache>");
    return NodeConfiguration.read(
        file, null, overrides, EhcacheXml.network(EhcacheXml.OWN_ADDRESS));
  }

  private static int expected(NodeConfiguration node) {
    return node.peers().discovery().expectedPeers();
  }

  @Test
  void number_isOfTheFile_unlessTheOptionIsGiven() {
    NodeConfiguration said = read(MANUAL + ", expectedPeers=2", OptionalInt.empty());
    assertThat(expected(said)).isEqualTo(2);
    assertThat(said.describe()).contains("//192.168.0.13:4567/r; 2 expected");
    assertThat(said.settings().get(SETTING).value()).isEqualTo("2");
    assertThat(said.findings()).isEmpty();

    NodeConfiguration overridden = read(MANUAL + ", expectedPeers=2", OptionalInt.of(3));
    assertThat(expected(overridden)).isEqualTo(3);
    assertThat(overridden.settings().get(SETTING).value()).isEqualTo("3"); // so no reload of it
    assertThat(expected(read(MANUAL + ", expectedPeers=2", OptionalInt.of(0)))).isZero();

    NodeConfiguration none = read(MANUAL, OptionalInt.empty());
    assertThat(expected(none)).isZero();
    assertThat(none.settings()).doesNotContainKey(SETTING);
    assertThat(none.describe()).doesNotContain("expected");
  }

  @Test
  void wrongNumber_isAnErrorWithItsPlace() {
    for (String wrong : new String[] {"-1", "256", "two"}) {
      NodeConfiguration node = read(MANUAL + ", expectedPeers=" + wrong, OptionalInt.empty());
      assertThat(EhcacheXml.printed(node))
          .singleElement()
          .asString()
          .contains(
              "ehcache.xml:1: error: <cacheManagerPeerProviderFactory>",
              "expectedPeers=" + wrong + " is wrong; write a number from 0 to 255");
    }
  }

  @Test
  void optionWithoutPeers_isWarnedOf() {
    NodeConfiguration alone = read(EhcacheXml.PLAIN_REGION, new Overrides(0, OptionalInt.of(2)));
    assertThat(EhcacheXml.printed(alone))
        .singleElement()
        .asString()
        .contains("warning: <ehcache>", "--expect-peers 2 has no effect");
    assertThat(read(EhcacheXml.PLAIN_REGION, new Overrides(0, OptionalInt.of(0))).findings())
        .isEmpty();
  }
}
