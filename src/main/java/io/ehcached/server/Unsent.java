package io.ehcached.server;

import io.ehcached.item.Item;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;

/**
 * The memory that a connection's answers hold until they are sent, and for how long its client has
 * taken nothing of them. It is told whenever the socket takes a part of a large one. It is written
 * on the connection's event loop, and read by any thread.
 */
final class Unsent implements ChannelProgressiveFutureListener {
  private final SharedMemory memory;
  private volatile long bytes;
  private volatile Item item;
  private volatile long movedNanos = System.nanoTime();

  /**
   * Makes a connection's.
   *
   * @param memory where it counts, together with that of all others
   */
  Unsent(SharedMemory memory) {
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
    if (before <= SharedMemory.LITTLE && after > SharedMemory.LITTLE) {
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
    return item != null || bytes > SharedMemory.LITTLE;
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
