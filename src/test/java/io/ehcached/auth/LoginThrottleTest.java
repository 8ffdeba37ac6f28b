package io.ehcached.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final LoginSource HOST = new LoginSource("10.0.0.1", "'alice'");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND); // it may wrap around
  private final LoginThrottle throttle = new LoginThrottle(nanos::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(HOST, "tcp:10.0.0.1:4711", "'alice'");
    }
  }

  @Test
  void fewFailures_costNothing() {
    fail(LoginThrottle.FREE);
    assertThat(throttle.delay(HOST)).isZero();
  }

  @Test
  void manyFailures_makeTriesWaitForTurnsASecondApart_andRefuseTheRest() {
    fail(LoginThrottle.FREE + 1);
    for (int i = 1; i <= LoginThrottle.LONGEST_WAIT; i++) {
      assertThat(throttle.delay(HOST)).isEqualTo(i * SECOND);
    }
    assertThat(throttle.delay(HOST)).isEqualTo(LoginThrottle.REFUSED);
    assertThat(throttle.delay(HOST)).isEqualTo(LoginThrottle.REFUSED);
  }

  @Test
  void otherHostsAndUsers_doNotWait() {
    fail(1000);
    assertThat(throttle.delay(new LoginSource("10.0.0.2", "'alice'"))).isZero();
    assertThat(throttle.delay(new LoginSource("10.0.0.1", "'bob'"))).isZero();
  }

  @Test
  void soonAfterTheLastFailure_nobodyWaits() {
    fail(LoginThrottle.FREE + 1);
    nanos.addAndGet(SECOND);
    assertThat(throttle.delay(HOST)).isZero();
  }

  @Test
  void guessingOn_isOneGuessASecond() {
    fail(LoginThrottle.FREE + 1);
    int looked = 0;
    for (int i = 0; i < 1000; i++) { // a hundred seconds, a try each tenth
      long delay = throttle.delay(HOST);
      if (delay != LoginThrottle.REFUSED) {
        looked++;
        fail(1);
      }
      nanos.addAndGet(SECOND / 10);
    }
    assertThat(looked).isBetween(95, 110);
  }

  @Test
  void originsRemembered_areBounded() {
    fail(LoginThrottle.FREE + 1);
    for (int i = 0; i < LoginThrottle.MAX_ORIGINS; i++) {
      throttle.failed(new LoginSource("host" + i, "'alice'"), "", "");
    }
    assertThat(throttle.delay(HOST)).isZero();
  }
}
