package io.ehcached.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.protocol.Stream;
import java.util.ArrayList;
import java.util.List;
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

    assertThat(Lines.texts(stats.dump()))
        .containsExactly("PREFIX a get 0 hit 0 set 0 del 1", "PREFIX user get 2 hit 1 set 1 del 0");
  }

  @Test
  void prefixesOfManyBytes_areUrlEncodedWhereNoLineHoldsThem() {
    stats.set(Key.of("a\r\nb:1"));

    assertThat(Lines.texts(stats.dump()))
        .containsExactly("PREFIX a%0D%0Ab get 0 hit 0 set 1 del 0");
  }

  @Test
  void prefixes_areOnlySoMany() {
    for (int i = 0; i < PrefixStats.MAX_PREFIXES + 5; i++) {
      stats.set(Key.of("p" + i + ":k"));
    }
    stats.set(Key.of("p0:k"));

    assertThat(Lines.texts(stats.dump()))
        .hasSize(PrefixStats.MAX_PREFIXES)
        .contains("PREFIX p0 get 0 hit 0 set 2 del 0");
  }

  @Test
  void dump_isMadePartByPart_asItIsAskedFor() {
    for (int i = 0; i < 1000; i++) {
      stats.set(Key.of("p".repeat(200) + i + ":k"));
    }
    List<Stream.Part> parts = new ArrayList<>();
    Stream dump = stats.dump();
    dump.next(parts::add);

    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).isLast()).isFalse();
    assertThat(parts.get(0).lines()).hasSizeLessThan(500);
    assertThat(parts.get(0).lines().size() + Lines.all(dump).size()).isEqualTo(1000);
  }

  @Test
  void reset_forgetsAll() {
    stats.set(Key.of("a:1"));

    stats.reset();

    assertThat(Lines.all(stats.dump())).isEmpty();
    assertThat(stats.isOn()).isTrue();
  }
}
