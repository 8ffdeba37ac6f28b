package io.ehcached.server;

import io.ehcached.item.Item;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;

/**
 * The memory that a connection's unsent responses use, and since when the client has read nothing.
 * The socket reports progress for each part of a large response. Written on the connection's event
 * loop; read by any thread.
 */
final class UnsentBytes implements ChannelProgressiveFutureListener {
  private final MemoryBudget memory;
  private volatile long bytes;
  private volatile Item item;
  private volatile long movedNanos = System.nanoTime();

  /**
   * Makes a connection's.
   *
   * @param memory where it counts, together with that of all others
   */
  UnsentBytes(MemoryBudget memory) {
    this.memory = memory;
  }

  /**
   * Takes note of what is held now.
   *
   * @param now how many bytes, without the value that is being sent slice by slice
   * @param sliced the item that has this value; null if there is none
   */
  void hold(long now, Item sliced) {
    if (now == bytes && sliced == item) {
      return;
    }
    long before = bytes + length(item);
    long after = now + length(sliced);
    if (before <= MemoryBudget.SMALL && after > MemoryBudget.SMALL) {
      moved(); // the time begins with what there is to take
    }
    bytes = now;
    item = sliced;
    memory.add(after - before);
  }

  private static int length(Item item) {
    return item == null ? 0 : item.value().length;
  }

  @Override
  public void operationProgressed(ChannelProgressiveFuture write, long progress, long total) {
    moved();
  }

  @Override
  public void operationComplete(ChannelProgressiveFuture write) {
    moved();
    if (!write.isSuccess() && write.channel().isRegistered()) {
      write.channel().pipeline().fireExceptionCaught(write.cause());
    }
  }

  private void moved() {
    movedNanos = System.nanoTime();
  }

  /** Returns how many bytes are held, without the value that is being sent slice by slice. */
  long bytes() {
    return bytes;
  }

  /** Tells whether more than a little is held. */
  boolean isMuch() {
    return item != null || bytes > MemoryBudget.SMALL;
  }

  /** Returns the item whose value is being sent slice by slice; null if there is none. */
  Item item() {
    return item;
  }

  /** Returns for how long the client has taken nothing, if more than a little is held for it. */
  long idleNanos(long nowNanos) {
    return nowNanos - movedNanos;
  }
}
