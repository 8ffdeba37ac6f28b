package io.ehcached.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * For how long all tests await what comes a moment later: long enough for a machine that has much
 * else to do. What comes soon costs nothing by it.
 */
public final class Patience implements LauncherSessionListener {
  /** The same for all. */
  public static final Duration LONG = Duration.ofSeconds(60);

  /** Waits until a latch is open; fails when it stays closed. */
  public static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a latch was closed", e);
    }
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
