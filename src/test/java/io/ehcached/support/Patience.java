package io.ehcached.support;

import java.time.Duration;
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

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
