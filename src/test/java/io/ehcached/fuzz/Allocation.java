package io.ehcached.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much a thread allocates while it reads an input. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long before = THREADS.getCurrentThreadAllocatedBytes();

  private Allocation() {}

  /** Begins to measure. */
  public static Allocation begin() {
    return new Allocation();
  }

  /**
   * Ends it; more than expected is an assertion error.
   *
   * @param fixed what there may be whatever the input, in bytes
   * @param each what there may be for each byte of the input
   */
  public void end(byte[] input, long fixed, long each) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long most = fixed + each * input.length;
    if (allocated > most) {
      throw new AssertionError(
          allocated + " bytes were allocated for an input of " + input.length + ", not " + most);
    }
  }
}
