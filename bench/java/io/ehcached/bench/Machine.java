package io.ehcached.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** How busy this machine is with other things than what is measured; of Linux only. */
final class Machine {
  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_PER_SECOND = 100;
  private static final int IDLE = 3; // where user, nice, system come before, and iowait after
  private static final int STEAL = 7;
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final Child[] nodes;
  private final double busy;
  private final double own;
  private final long start = System.nanoTime();

  /** Starts to look; what is measured are these processes and this one. */
  Machine(Child... nodes) {
    this.nodes = nodes;
    busy = busySeconds();
    own = ownSeconds();
  }

  /** Returns how much of all cores went to others since then, in percent; 0 where nobody tells. */
  double others() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double others = busySeconds() - busy - (ownSeconds() - own);
    return Math.max(0, 100 * others / seconds / Runtime.getRuntime().availableProcessors());
  }

  /** Waits until others take no more than so many percent. */
  static void awaitQuiet(double percent) {
    double others = Double.MAX_VALUE;
    while (others > percent) {
      Machine machine = new Machine();
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      others = machine.others();
    }
  }

  /** Returns how much CPU time the nodes took so far, in nanoseconds. */
  static long busyNanos(Child... nodes) {
    return nanos(Arrays.stream(nodes).map(node -> node.process().toHandle()));
  }

  private double ownSeconds() {
    return (busyNanos(nodes) + nanos(Stream.of(ProcessHandle.current()))) / 1e9;
  }

  private static long nanos(Stream<ProcessHandle> processes) {
    return processes
        .mapToLong(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }

  private static double busySeconds() {
    try {
      String[] words = Files.readAllLines(STAT).get(0).split(" +", -1);
      double ticks = 0;
      for (int i = 0; i <= STEAL; i++) {
        ticks += i == IDLE || i == IDLE + 1 ? 0 : Double.parseDouble(words[i + 1]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }
}
