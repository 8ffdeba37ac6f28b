package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * An I/O handler of a transport that shows each operation to a filter before the system gets it. It
 * corrects operations that Netty submits by mistake.
 */
final class FilteredIo implements IoHandler {
  private final IoHandler handler;
  private final Filter filter;

  /** Decides what the system is asked for. */
  interface Filter {
    /**
     * Returns what to ask for.
     *
     * @param channel for which it is
     * @param wanted what Netty asks for
     * @return null for nothing
     */
    IoOps filter(Channel channel, IoOps wanted);
  }

  private FilteredIo(IoHandler handler, Filter filter) {
    this.handler = handler;
    this.filter = filter;
  }

  /** Returns what makes the same handlers as another factory, with a filter before each. */
  static IoHandlerFactory factory(IoHandlerFactory handlers, Filter filter) {
    return new IoHandlerFactory() {
      @Override
      public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new FilteredIo(handlers.newHandler(executor), filter);
      }

      @Override
      public boolean isChangingThreadSupported() {
        return handlers.isChangingThreadSupported();
      }
    };
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    IoRegistration registration = handler.register(handle);
    return handle instanceof Channel.Unsafe unsafe
        ? new Filtered(registration, unsafe.voidPromise().channel(), filter)
        : registration;
  }

  /** A channel's registration. */
  private record Filtered(IoRegistration registration, Channel channel, Filter filter)
      implements IoRegistration {
    @Override
    public long submit(IoOps ops) {
      IoOps passed = filter.filter(channel, ops);
      return passed == null ? 0 : registration.submit(passed);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty has it
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }

  @Override
  public void initialize() {
    handler.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return handler.run(context);
  }

  @Override
  public void prepareToDestroy() {
    handler.prepareToDestroy();
  }

  @Override
  public void destroy() {
    handler.destroy();
  }

  @Override
  public void wakeup() {
    handler.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return handler.isCompatible(handleType);
  }
}
