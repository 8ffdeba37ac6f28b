package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.CapturedLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What of the refused is logged. */
class RefusalsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may wrap around
  private final Refusals refusals = new Refusals(nanos::get);

  @Test
  void strangersWhoFillTheLog_doSoForAnHour() {
    try (CapturedLog log = CapturedLog.of("io.ehcached.replication.security")) {
      for (int i = 0; i < 10_000; i++) {
        refusals.add(Refusal.HEARTBEAT_CLUSTER, "host" + i % 5_000, "stranger");
      }
      assertThat(log.with("stranger")).hasSize(200);
      refusals.add(Refusal.CONNECTION_HOST, "peer", "a peer");
      assertThat(log.with("a peer")).isEmpty();

      nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
      refusals.add(Refusal.CONNECTION_HOST, "peer", "a peer");
      refusals.add(Refusal.CONNECTION_HOST, "peer", "a peer");
      assertThat(log.with("a peer")).hasSize(1);
    }
    assertThat(refusals.count(Refusal.HEARTBEAT_CLUSTER)).isEqualTo(10_000);
  }
}
