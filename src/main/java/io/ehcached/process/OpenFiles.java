package io.ehcached.process;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ehcached.options.UsageException;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The limit on the process's open files, which include sockets. The JVM has raised the limit as far
 * as it may ({@code ulimit -Hn}), and cannot raise it further.
 */
public final class OpenFiles {
  /** The files that a node opens for other purposes, such as its peers and its log. */
  private static final int SPARE = 64;

  private OpenFiles() {}

  /**
   * Checks whether this many clients can be served.
   *
   * @return a word of warning when they will not be, all at once
   * @throws UsageException when they cannot be at all
   */
  public static Optional<String> check(int clients) throws UsageException {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      return check(
          clients, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
    }
    return Optional.empty();
  }

  static Optional<String> check(int clients, long max, long open) throws UsageException {
    long left = max - open - SPARE;
    if (clients <= left) {
      return Optional.empty();
    }
    String what = "-c " + clients + ": this process may have " + max + " files open";
    String mend =
        "; raise that with ulimit -n " + (clients + open + SPARE) + " (LimitNOFILE= in systemd)";
    if (left < 1) {
      throw UsageException.badValue(
          what + ", and a node needs " + (open + SPARE) + " for itself" + mend);
    }
    if (clients > max) {
      throw UsageException.badValue(what + mend + ", or write -c " + left);
    }
    return Optional.of(what + ", of which about " + left + " are left for clients" + mend);
  }
}
