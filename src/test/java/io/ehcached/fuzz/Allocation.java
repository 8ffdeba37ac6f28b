package io.ehcached.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much a thread allocates while it reads an input. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * How often an input is read at the most. What it costs is the least of these: the first time
   * classes are loaded, and at any later one the JVM may link a call or compile its form, on the
   * thread that reads.
   */
  private static final int TRIES = 5;

  private Allocation() {}

  /**
   * Reads an input, more than once; more allocated than expected each time is an assertion error.
   *
   * @param fixed what there may be whatever the input, in bytes
   * @param each what there may be for each byte of the input
   * @param read what reads it
   */
  public static void check(byte[] input, long fixed, long each, Runnable read) {
    long max = fixed + each * input.length;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > max; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      read.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > max) {
      throw new AssertionError(
          least + " bytes are allocated for an input of " + input.length + ", not " + max);
    }
  }
}
