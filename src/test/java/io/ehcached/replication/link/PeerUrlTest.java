package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerUrlTest {
  @Property
  void urlWrittenOut_isReadBackTheSame(
      @ForAll @NotEmpty @CharRange(from = 'a', to = 'z') @CharRange(from = '0', to = '9')
          String host,
      @ForAll @IntRange(min = 1, max = 65535) int port,
      @ForAll @NotEmpty @CharRange(from = '!', to = '~') String region) {
    PeerUrl url = new PeerUrl(host, port, region);

    assertThat(PeerUrl.parse(url.toString())).isEqualTo(url);
  }

  @Property
  void anythingElse_isRefusedWithItsMend(@ForAll String text) {
    try {
      assertThat(PeerUrl.parse(text).port()).isBetween(1, 65535);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("write //host:port/region");
    }
  }

  @Test
  void addressOfIpv6_standsInBrackets() {
    PeerUrl url = PeerUrl.parse("//[::1]:4567/r");

    assertThat(url).isEqualTo(new PeerUrl("::1", 4567, "r"));
    assertThat(url).hasToString("//[::1]:4567/r");
  }

  @Test
  void schemeOfRmi_isTaken() {
    assertThat(PeerUrl.parse("rmi://a:1/r")).isEqualTo(new PeerUrl("a", 1, "r"));
  }

  @ParameterizedTest
  @CsvSource({
    "a:1/r, does not begin with //",
    "//:1/r, no host",
    "//[]:1/r, no host",
    "//a/r, no port",
    "//a:/r, no port",
    "//a:x/r, its port x",
    "//a:0/r, its port 0",
    "//a:65536/r, its port 65536",
    "//a:99999999999/r, its port 99999999999",
    "//a:1, no region",
    "//a:1/, no region"
  })
  void wrongUrl_isToldWhatIsWrong(String url, String wrong) {
    assertThatThrownBy(() -> PeerUrl.parse(url)).hasMessageContaining(wrong);
  }
}
