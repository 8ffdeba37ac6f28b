package io.ehcached;

import io.ehcached.options.ServerOptions;
import io.ehcached.server.ConnectionLimits;
import io.netty.util.internal.PlatformDependent;

/** What clients may cost where the command line leaves it open: what this JVM can spare. */
final class ClientLimits {
  /** Half commands may take one part of the heap. So may answers, which refer to values there. */
  private static final int HEAP_PART = 8;

  /** Answers may take one part of the direct memory. */
  private static final int DIRECT_PART = 2;

  private ClientLimits() {}

  /** Returns how much memory outside the heap this process may take, in bytes. */
  static long directMemory() {
    return PlatformDependent.maxDirectMemory();
  }

  static ConnectionLimits of(ServerOptions options) {
    ServerOptions.Connections connections = options.connections();
    long least = 2L * options.memory().maxItemSize();
    long heap = Runtime.getRuntime().maxMemory() / HEAP_PART;
    long direct = directMemory() / DIRECT_PART;
    return new ConnectionLimits(
        connections.most(),
        connections.fast(),
        connections.idleSeconds(),
        connections.partialSeconds(),
        connections.outputSeconds(),
        connections.inputMemory().orElse(Math.max(heap, least)),
        connections.outputMemory().orElse(Math.max(Math.min(direct, heap), least)));
  }
}
