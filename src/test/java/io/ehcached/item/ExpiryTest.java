package io.ehcached.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
  private static final long NOW = 1_800_000_000_500L;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1800000001500",
    "2592000, 1802592000500", // 30 days
    "2592001, 2592001000", // one second more is a Unix time in January 1970
    "1800000002, 1800000002000",
    "2147483648, 2147483648000",
    "9223372036854775807, 4611686018427387000",
  })
  void of_readsExptimeAsMemcachedDoes(long exptime, long expiry) {
    assertThat(Expiry.of(exptime, NOW)).isEqualTo(expiry);
  }

  @ParameterizedTest
  @CsvSource({"-1", "-2147483648", "2592001", "1000000000", "1800000000"})
  void of_givesAPastMoment(long exptime) {
    assertThat(Expiry.isPast(Expiry.of(exptime, NOW), NOW)).isTrue();
  }

  @Test
  void isPast_startsAtTheMomentItself() {
    assertThat(Expiry.isPast(NOW, NOW - 1)).isFalse();
    assertThat(Expiry.isPast(NOW, NOW)).isTrue();
    assertThat(Expiry.isPast(Expiry.REGION, NOW)).isFalse();
  }
}
