package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a connection, from its first request to its close, and why it ends. It belongs to
 * the connection's event loop, except where a method says otherwise.
 *
 * <p>That a connection is stalled, since answers are still to come or the client does not take
 * them, is no state: it follows from the answers, and holds for moments.
 */
final class ConnectionLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Memcached's word for why a connection ends that cannot go on. */
  static final String ERROR = "error";

  private final Channel channel;
  private final Worker worker;
  private final InputDecoder incoming;
  private final ResponseQueue responses;
  private State state = State.OPEN;
  private String reason = "normal"; // memcached's word
  private volatile boolean closingForMemory;

  /** How far the connection is; it only ever goes on to a later state. */
  enum State {
    /** Requests are read and executed. */
    OPEN,
    /** The client sends nothing more, but may still read: what it has sent is executed. */
    HALF_CLOSED,
    /** Nothing more is read; the connection is closed when the answers that are due were sent. */
    DRAINING,
    /** It was told to close, which takes a moment, or is closed. */
    CLOSED
  }

  ConnectionLifecycle(
      Channel channel, Worker worker, InputDecoder incoming, ResponseQueue responses) {
    this.channel = channel;
    this.worker = worker;
    this.incoming = incoming;
    this.responses = responses;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isHalfClosed() {
    return state == State.HALF_CLOSED;
  }

  /** Tells whether nothing more is read. */
  boolean isEnding() {
    return state.compareTo(State.DRAINING) >= 0;
  }

  /** Returns memcached's word for why the connection ends. */
  String reason() {
    return reason;
  }

  /** Goes on to a state, unless the connection is that far. */
  void reach(State next) {
    if (state.compareTo(next) < 0) {
      state = next;
    }
  }

  /** Reads nothing more; the connection is closed when what is due has been sent. */
  void drain(String why) {
    reach(State.DRAINING);
    reason = why;
    incoming.clear();
  }

  /** Closes the connection, since the client asks too much of the server. */
  void close(CloseReason why) {
    if (state == State.CLOSED) {
      return;
    }
    worker.counters.increment(why.counter());
    worker.shared.log(why, address());
    drain(why.logged());
    reach(State.CLOSED);
    if (why == CloseReason.OUTPUT_MEMORY) {
      channel.unsafe().close(channel.newPromise()); // TLS would first wait for what is not taken
    } else {
      ChannelFuture unused = channel.close();
    }
  }

  /** Closes the connection soon, for the memory that its answers hold; from any thread. */
  void closeForMemory() {
    closingForMemory = true;
    LoopTasks.execute(
        channel,
        () -> {
          responses.account();
          if (!responses.unsent().isMuch()) {
            closingForMemory = false; // it has taken them meanwhile, or has gone
          } else if (channel.isOpen()) {
            close(CloseReason.OUTPUT_MEMORY);
          }
        });
  }

  /** Tells whether {@link #closeForMemory} was called; from any thread. */
  boolean isClosingForMemory() {
    return closingForMemory;
  }

  /**
   * Closes the connection, which cannot go on. What it has not taken may still be closed for its
   * memory: over TLS, closing waits for it.
   */
  void failed(Throwable cause) {
    drain(ERROR);
    if (cause instanceof IOException) {
      LOG.debug("{} went away: {}", address(), cause.getMessage());
    } else {
      LOG.error("{} is closed because of an internal error", address(), cause);
    }
    ChannelFuture unused = channel.close();
  }

  private String address() {
    return Addresses.describe(channel.remoteAddress(), channel.localAddress());
  }
}
