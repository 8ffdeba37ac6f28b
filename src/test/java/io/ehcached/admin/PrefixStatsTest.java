package io.ehcached.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import org.junit.jupiter.api.Test;

class PrefixStatsTest {
  private final PrefixStats stats = new PrefixStats(':', true);

  @Test
  void dump_isALineForEachPrefix_asMemcachedHasIt() {
    stats.get(Key.of("user:1"), true);
    stats.get(Key.of("user:2:x"), false);
    stats.set(Key.of("user:1"));
    stats.delete(Key.of("a:1"));
    stats.get(Key.of("none"), true);

    assertThat(stats.dump())
        .isEqualTo(
            "PREFIX a get 0 hit 0 set 0 del 1\r\nPREFIX user get 2 hit 1 set 1 del 0\r\nEND");
  }

  @Test
  void prefixesOfManyBytes_areUrlEncodedWhereNoLineHoldsThem() {
    stats.set(Key.of("a\r\nb:1"));

    assertThat(stats.dump()).isEqualTo("PREFIX a%0D%0Ab get 0 hit 0 set 1 del 0\r\nEND");
  }

  @Test
  void prefixes_areOnlySoMany() {
    for (int i = 0; i < PrefixStats.MOST_PREFIXES + 5; i++) {
      stats.set(Key.of("p" + i + ":k"));
    }
    stats.set(Key.of("p0:k"));

    assertThat(stats.dump().lines()).hasSize(PrefixStats.MOST_PREFIXES + 1);
    assertThat(stats.dump()).contains("PREFIX p0 get 0 hit 0 set 2 del 0\r\n");
  }

  @Test
  void reset_forgetsAll() {
    stats.set(Key.of("a:1"));

    stats.reset();

    assertThat(stats.dump()).isEqualTo("END");
    assertThat(stats.isOn()).isTrue();
  }
}
