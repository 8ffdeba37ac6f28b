package io.ehcached.node.settings;

import io.ehcached.options.ServerOptions;
import io.ehcached.server.ConnectionLimits;
import io.netty.util.internal.PlatformDependent;

/** What clients may cost where the command line leaves it open: what this JVM can spare. */
public final class ClientLimits {
  /** Half commands may take one part of the heap. */
  private static final int INPUT_PART = 8;

  /** So may answers, which refer to values there that were replaced meanwhile. */
  private static final int OUTPUT_PART = 4;

  /** Answers may take one part of the direct memory. */
  private static final int DIRECT_PART = 2;

  private ClientLimits() {}

  /** Returns how much memory outside the heap this process may take, in bytes. */
  public static long directMemory() {
    return PlatformDependent.maxDirectMemory();
  }

  public static ConnectionLimits of(ServerOptions options) {
    ServerOptions.Connections connections = options.connections();
    long least = 2L * options.memory().maxItemSize();
    long heap = Runtime.getRuntime().maxMemory();
    long output = Math.min(directMemory() / DIRECT_PART, heap / OUTPUT_PART);
    return new ConnectionLimits(
        connections.max(),
        connections.fast(),
        connections.idleSeconds(),
        connections.partialSeconds(),
        connections.outputSeconds(),
        connections.inputMemory().orElse(Math.max(heap / INPUT_PART, least)),
        connections.outputMemory().orElse(Math.max(output, least)));
  }
}
