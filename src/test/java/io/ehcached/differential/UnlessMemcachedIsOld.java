package io.ehcached.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * Skips what follows memcached 1.6.45 in more than {@link Difference} lists, where the one that is
 * installed is Debian's older one, and says so.
 */
final class UnlessMemcachedIsOld implements SkipExecutionHook {
  private static final String OLD = "memcached 1.6.18";

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    if (!version().equals(OLD)) {
      return SkipResult.doNotSkip();
    }
    String reason = OLD + " answers short and malformed lines otherwise than 1.6.45";
    System.out.println(context.label() + " is skipped: " + reason);
    return SkipResult.skip(reason);
  }

  private static String version() {
    try {
      Process process = new ProcessBuilder("memcached", "-V").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
