package io.ehcached.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;

/**
 * Memory that the kernel puts what clients send into, one piece behind the other, shared by all
 * clients of an event loop. A client is read from with one order that holds until it is taken back,
 * in place of one for each read; and no client has memory of its own while it is silent.
 */
final class UringBufferRing {
  private static final short GROUP = 1;

  /** Where a buffer is filled by many reads; Linux 6.12 and later. */
  private static final short SHARED_BUFFERS = 64;

  private static final int SHARED_BYTES = 16 * 1024;

  /** Where each read takes a whole buffer. */
  private static final short BUFFERS = 256;

  private static final int BYTES = 4 * 1024;

  private UringBufferRing() {}

  /** Returns what makes event loops on io_uring, with a ring each where the kernel has them. */
  static IoHandlerFactory ioHandlerFactory() {
    if (!IoUring.isRegisterBufferRingSupported()) {
      return IoUringIoHandler.newFactory();
    }
    boolean shared = IoUring.isRegisterBufferRingIncSupported();
    short buffers = shared ? SHARED_BUFFERS : BUFFERS;
    return IoUringIoHandler.newFactory(
        new IoUringIoHandlerConfig()
            .setBufferRingConfig(
                IoUringBufferRingConfig.builder()
                    .bufferGroupId(GROUP)
                    .bufferRingSize(buffers)
                    .batchSize(buffers)
                    .incremental(shared)
                    .allocator(new IoUringFixedBufferRingAllocator(shared ? SHARED_BYTES : BYTES))
                    .build()));
  }

  /** Has a listener's clients read by way of the ring, where there is one. */
  static void use(ServerBootstrap bootstrap) {
    if (IoUring.isRegisterBufferRingSupported()) {
      bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
    }
  }
}
