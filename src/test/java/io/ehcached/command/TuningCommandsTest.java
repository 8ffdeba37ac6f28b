package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of memcached 1.6.45 with its defaults; see {@code tuning.txt} as well. */
class TuningCommandsTest {
  private static Response run(String line) {
    List<String> words = List.of(line.split(" "));
    List<String> arguments = words.subList(1, words.size());
    return words.get(0).equals("lru")
        ? TuningCommands.lru(arguments)
        : TuningCommands.slabs(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lru mode flat",
        "lru mode segmented",
        "lru mode flat more",
        "lru temp_ttl 5",
        "lru temp_ttl -1",
        "lru tune 20 40 .1 2",
        "lru tune 20 40 1. 2e0 more",
        "lru tune 0 80 +0.5 1",
        "slabs automove 0",
        "slabs automove ratio .5",
        "slabs automove freeratio 0.01",
        "slabs automove window 3",
        "slabs automove window 1800"
      })
  void whatMemcachedTakes_isTaken(String line) {
    assertThat(run(line).status()).isEqualTo(Status.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lru",
        "lru mode",
        "lru mode round",
        "lru temp_ttl",
        "lru temp_ttl x",
        "lru temp_ttl 2147483648",
        "lru tune 20 40 .1",
        "lru tune 20 40 . 2",
        "lru tune -1 40 1 2",
        "lru tune 20 40 1x 2",
        "slabs",
        "slabs automove",
        "slabs automove 3",
        "slabs automove ratio",
        "slabs automove ratio x"
      })
  void whatItDoesNot_isAnError(String line) {
    assertThat(run(line).status()).isEqualTo(Status.UNKNOWN_COMMAND);
  }

  @ParameterizedTest
  @CsvSource({
    "lru tune 20 61 1 2, ERROR hot and warm pcts must not exceed 80",
    "lru tune 20 40 -1 2, ERROR hot/warm age factors must be greater than 0",
    "slabs reassign 1 1, SAME src and dst class are identical",
    "slabs reassign 1 2, NOSPARE source class has no spare pages",
    "slabs reassign -1 5, BADCLASS invalid src or dst class id",
    "slabs automove window 2, automove window too low or too high"
  })
  void trouble_isWordedAsMemcachedDoes(String line, String text) {
    assertThat(run(line).text()).isEqualTo(text);
  }
}
