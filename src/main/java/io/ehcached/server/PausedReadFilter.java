package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.uring.IoUringIoOps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Stops io_uring from reading on from a client that must not be read from. Netty 4.2.18 submits a
 * new read without checking {@code autoRead} when the previous one ended for lack of buffers, and
 * when the client has closed its side. A read that receives once only is let through: a handler may
 * have asked for it, as that of TLS does for the rest of a record, and Netty would wait for its end
 * for ever.
 */
final class PausedReadFilter implements FilteredIo.Filter {
  private static final VarHandle OPCODE = find("opcode", byte.class);
  private static final VarHandle IO_PRIO = find("ioPrio", short.class);

  /** The number of IORING_OP_RECV in Linux. */
  private static final byte RECV = 27;

  /** The flag of a receive that goes on until it is cancelled: IORING_RECV_MULTISHOT. */
  private static final int MULTISHOT = 1 << 1;

  private static VarHandle find(String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(IoUringIoOps.class, MethodHandles.lookup())
          .findVarHandle(IoUringIoOps.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another Netty than the one built with", e);
    }
  }

  @Override
  public IoOps filter(Channel channel, IoOps wanted) {
    IoUringIoOps order = (IoUringIoOps) wanted;
    boolean readsOn =
        (byte) OPCODE.get(order) == RECV && ((short) IO_PRIO.get(order) & MULTISHOT) != 0;
    return readsOn && !channel.config().isAutoRead() ? null : wanted;
  }
}
