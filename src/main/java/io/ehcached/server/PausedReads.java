package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.uring.IoUringIoOps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Keeps io_uring from reading from a client that is not to be read from. Netty 4.2.18 orders a new
 * read without a look at {@code autoRead} when the old one has ended for lack of buffers, and when
 * the client has closed its side.
 */
final class PausedReads implements FilteredIo.Filter {
  private static final VarHandle OPCODE = find();

  /** The number of IORING_OP_RECV in Linux. */
  private static final byte RECV = 27;

  private static VarHandle find() {
    try {
      return MethodHandles.privateLookupIn(IoUringIoOps.class, MethodHandles.lookup())
          .findVarHandle(IoUringIoOps.class, "opcode", byte.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another Netty than the one built with", e);
    }
  }

  @Override
  public IoOps filter(Channel channel, IoOps wanted) {
    boolean reads = (byte) OPCODE.get((IoUringIoOps) wanted) == RECV;
    return reads && !channel.config().isAutoRead() ? null : wanted;
  }
}
