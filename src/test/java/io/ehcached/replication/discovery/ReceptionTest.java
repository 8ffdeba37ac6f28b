package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a node says of what it hears. */
class ReceptionTest {
  private static final int INTERVAL_MILLIS = 3_000;

  private final AtomicLong nanos = new AtomicLong(Long.MIN_VALUE);
  private final Reception reception = new Reception("230.0.0.1:4446", INTERVAL_MILLIS, nanos::get);

  private void pass(int intervals) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos((long) intervals * INTERVAL_MILLIS));
  }

  @Test
  void nothingAtAll_isSilence_onceItIsNoLongerEarly() {
    assertThat(reception.state()).isEqualTo(MulticastState.STARTING);
    pass(5);
    assertThat(reception.state()).isEqualTo(MulticastState.SILENT);
  }

  @Test
  void onlyOwn_isNotSaidBeforeOthersHadTime() {
    reception.heard(MulticastState.ONLY_OWN);
    assertThat(reception.state()).isEqualTo(MulticastState.STARTING);
    pass(5);
    reception.heard(MulticastState.ONLY_OWN);
    assertThat(reception.state()).isEqualTo(MulticastState.ONLY_OWN);
  }

  @Test
  void mostUsefulOfLate_counts() {
    reception.heard(MulticastState.PEERS);
    reception.heard(MulticastState.OTHER_CLUSTER);
    assertThat(reception.state()).isEqualTo(MulticastState.PEERS);
    pass(4);
    reception.heard(MulticastState.OTHER_CLUSTER);
    pass(2);
    assertThat(reception.state()).isEqualTo(MulticastState.OTHER_CLUSTER);
    pass(6);
    assertThat(reception.state()).isEqualTo(MulticastState.SILENT);
  }
}
