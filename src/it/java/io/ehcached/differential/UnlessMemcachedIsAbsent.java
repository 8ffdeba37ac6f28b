package io.ehcached.differential;

import io.ehcached.conformance.Memcached;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips what needs Debian's memcached where that is not installed, and says so. */
final class UnlessMemcachedIsAbsent implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    String absence = Memcached.absenceOfAny();
    if (absence == null) {
      return SkipResult.doNotSkip();
    }
    System.out.println(context.label() + " is skipped: " + absence);
    return SkipResult.skip(absence);
  }
}
