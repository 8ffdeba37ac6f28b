package io.ehcached.monitor;

import io.ehcached.monitor.Families.Family;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.Executor;

/** The metrics of Netty: tasks that wait for its event loops, and the memory of its buffers. */
final class NettyMetrics {
  private NettyMetrics() {}

  static void add(Iterable<? extends Executor> loops, Families to) {
    Family pending = to.gauge("event_loop_pending_tasks", "Tasks that wait for an event loop.");
    int number = 0;
    for (Executor loop : loops) {
      number++;
      if (loop instanceof SingleThreadEventExecutor one) {
        pending.add(one.pendingTasks(), "loop", Integer.toString(number));
      }
    }
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
      ByteBufAllocatorMetric metric = provider.metric();
      Family used = to.gauge("netty_allocator_used_bytes", "Memory that buffers have in use.");
      used.add(metric.usedDirectMemory(), "area", "direct");
      used.add(metric.usedHeapMemory(), "area", "heap");
      if (metric instanceof PooledByteBufAllocatorMetric pooled) {
        Family arenas = to.gauge("netty_allocator_arenas", "Arenas that buffers come from.");
        arenas.add(pooled.numDirectArenas(), "area", "direct");
        arenas.add(pooled.numHeapArenas(), "area", "heap");
      }
    }
    long direct = PlatformDependent.usedDirectMemory();
    if (direct >= 0) { // else the JVM counts it: jvm_buffer_pool_used_bytes
      to.gauge("netty_direct_memory_bytes", "Direct memory that Netty has of the system.")
          .add(direct);
    }
    to.gauge("netty_direct_memory_limit_bytes", "Direct memory that it may have.")
        .add(PlatformDependent.maxDirectMemory());
  }
}
