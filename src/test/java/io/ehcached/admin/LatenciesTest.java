package io.ehcached.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Command;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void bucket_takesUpToItsBound() {
    long[] bounds = Latencies.bounds();

    assertThat(bounds).isSorted();
    for (int i = 0; i < bounds.length; i++) {
      assertThat(Latencies.bucket(bounds[i])).isEqualTo(i);
      assertThat(Latencies.bucket(bounds[i] + 1)).isEqualTo(i + 1);
    }
    assertThat(Latencies.bucket(0)).isZero();
    assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(bounds.length);
  }

  @Test
  void cells_areAddedUpByCommand() {
    Latencies latencies = new Latencies();
    Latencies.Cell one = latencies.newCell();
    Latencies.Cell other = latencies.newCell();
    one.add(Command.GET, 0, 900);
    one.add(Command.GET, 3, 6_000);
    other.add(Command.GET, 0, 100);
    latencies.addLate(Command.INVALID, Long.MAX_VALUE / 2);

    assertThat(latencies.histograms()).containsOnlyKeys(Command.GET, Command.INVALID);
    Latencies.Histogram gets = latencies.histograms().get(Command.GET);
    Long[] counts = new Long[Latencies.bounds().length + 1];
    Arrays.fill(counts, 0L);
    counts[0] = 2L;
    counts[3] = 1L;
    assertThat(gets.counts()).containsExactly(counts);
    assertThat(gets.nanos()).isEqualTo(7_000);
    assertThat(latencies.histograms().get(Command.INVALID).counts()).endsWith(1L);
  }
}
