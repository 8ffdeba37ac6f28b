package io.ehcached.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Origin HOST = new Origin("10.0.0.1", "'alice'");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND); // it may wrap around
  private final Tries tries = new Tries(nanos::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      tries.failed(HOST, "tcp:10.0.0.1:4711", "'alice'");
    }
  }

  @Test
  void fewFailures_costNothing() {
    fail(Tries.FREE);
    assertThat(tries.delay(HOST)).isZero();
  }

  @Test
  void manyFailures_makeTriesWaitForTurnsASecondApart_andRefuseTheRest() {
    fail(Tries.FREE + 1);
    for (int i = 1; i <= Tries.LONGEST_WAIT; i++) {
      assertThat(tries.delay(HOST)).isEqualTo(i * SECOND);
    }
    assertThat(tries.delay(HOST)).isEqualTo(Tries.REFUSED);
    assertThat(tries.delay(HOST)).isEqualTo(Tries.REFUSED);
  }

  @Test
  void otherHostsAndUsers_doNotWait() {
    fail(1000);
    assertThat(tries.delay(new Origin("10.0.0.2", "'alice'"))).isZero();
    assertThat(tries.delay(new Origin("10.0.0.1", "'bob'"))).isZero();
  }

  @Test
  void soonAfterTheLastFailure_nobodyWaits() {
    fail(Tries.FREE + 1);
    nanos.addAndGet(SECOND);
    assertThat(tries.delay(HOST)).isZero();
  }

  @Test
  void guessingOn_isOneGuessASecond() {
    fail(Tries.FREE + 1);
    int looked = 0;
    for (int i = 0; i < 1000; i++) { // a hundred seconds, a try each tenth
      long delay = tries.delay(HOST);
      if (delay != Tries.REFUSED) {
        looked++;
        fail(1);
      }
      nanos.addAndGet(SECOND / 10);
    }
    assertThat(looked).isBetween(95, 110);
  }

  @Test
  void originsRemembered_areBounded() {
    fail(Tries.FREE + 1);
    for (int i = 0; i < Tries.MOST_ORIGINS; i++) {
      tries.failed(new Origin("host" + i, "'alice'"), "", "");
    }
    assertThat(tries.delay(HOST)).isZero();
  }
}
