package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, -1, false",
    "0.0.0.0:0, 0.0.0.0, 0, false",
    "localhost:11311, localhost, 11311, false",
    "cache-1.example.org, cache-1.example.org, -1, false",
    "::, ::, -1, false",
    "fe80::1%eth0, fe80::1%eth0, -1, false",
    "[::1], ::1, -1, false",
    "[::1]:11311, ::1, 11311, false",
    "notls:10.0.0.5:11311, 10.0.0.5, 11311, true",
    "notls:[::1]:11311, ::1, 11311, true"
  })
  void parse_readsHostAndPort(String text, String host, int port, boolean notls)
      throws UsageException {
    assertThat(ListenAddress.parseList(text))
        .containsExactly(
            new ListenAddress(host, port < 0 ? OptionalInt.empty() : OptionalInt.of(port), notls));
  }

  @Test
  void parseList_takesCommasAndSemicolons() throws UsageException {
    assertThat(ListenAddress.parseList("127.0.0.1, [::1]:5;notls:h:6"))
        .extracting(ListenAddress::toString)
        .containsExactly("127.0.0.1", "[::1]:5", "notls:h:6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "-h",
        "a b",
        "a/b",
        "[localhost]",
        "[::1]x",
        "::g",
        "notls:",
        ":11211"
      })
  void parse_refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ListenAddress.parseList(text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("-l ")
        .hasMessageContaining("0.0.0.0 for all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:", "h:x", "h:65536", "h:-1", "[::1]:", "h:999999999999"})
  void parse_refusesWhatIsNoPort(String text) {
    assertThatThrownBy(() -> ListenAddress.parseList(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is no port");
  }

  @Test
  void resolve_givesThePortMeant() throws UsageException {
    assertThat(ListenAddress.DEFAULT.resolve(11211).toString()).isEqualTo("/127.0.0.1:11211");
    assertThat(ListenAddress.parseList("127.0.0.1:5").get(0).resolve(11211).getPort()).isEqualTo(5);
  }

  @Test
  void resolve_saysWhenTheNameIsUnknown() throws UsageException {
    ListenAddress address = ListenAddress.parseList("no-such-host.invalid").get(0);

    assertThatThrownBy(() -> address.resolve(1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no-such-host.invalid: no address has this name");
  }
}
