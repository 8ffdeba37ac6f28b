package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counter;
import io.ehcached.auth.Authenticator;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. What arrives is decoded, a batch at most, and carried out at the end of the event
 * loop's turn; the answers leave in the order of the requests, in one write. What is left over
 * waits for the next turn, behind what others have sent. While anything is left over, the client
 * does not take its answers, or some are still to come, nothing more is read from it.
 */
final class Connection extends ChannelInboundHandlerAdapter implements ConnectionView {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** After how many bytes in a turn no more is read before it ends. */
  private static final int MAX_READ = 256 * 1024;

  /** Memcached's word for why a connection ends that cannot go on. */
  private static final String ERROR = "error";

  private final long id;
  private final Worker worker;
  private final int requestsPerEvent;
  private final Channel channel;
  private final ResponseQueue responses;
  private final RequestQueue requests;
  private final InputDecoder incoming;
  private final ConnectionTimeouts timeouts;

  /** How many requests are carried out before the connection has to yield. */
  private int left;

  /** How many bytes were read in this turn. */
  private int read;

  private boolean reading = true;

  /** The worker is going to end this connection's turn. */
  private boolean inTurn;

  /** The worker is going to go on with this connection. */
  private boolean queued;

  private boolean closing;

  /** The client sends nothing more, but may still read. */
  private boolean ended;

  private String closeReason = "normal"; // memcached's word for why the connection ends

  /** It was told to close, which takes a moment. */
  private boolean dismissed;

  private volatile boolean closingForMemory;
  private volatile long lastCommandNanos = System.nanoTime();

  Connection(long id, Channel channel, Decoder decoder, int requestsPerEvent, Worker worker) {
    this.id = id;
    this.channel = channel;
    this.worker = worker;
    this.requestsPerEvent = requestsPerEvent;
    this.left = requestsPerEvent;
    this.responses =
        new ResponseQueue(channel, worker.encoders, worker.shared.output(), this::flush);
    this.requests = new RequestQueue(id, channel, worker.executor, responses, this::flush);
    this.incoming = new InputDecoder(decoder, worker, requests.waiting());
    this.timeouts = new ConnectionTimeouts(worker.shared);
  }

  /** Has nothing done for the client before it has authenticated; to be called at the start. */
  void guard(Authenticator authenticator, Access access) {
    requests.executor(
        new AuthenticatingExecutor(authenticator, access, channel, worker, () -> drain(ERROR)));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (!closing && !responses.isWatching()) { // who watches is heard no more
        read += in.readableBytes();
        worker.counters.add(Counter.BYTES_READ, in.readableBytes());
        incoming.take(in, isStalled(), left);
        if (!incoming.economize()) {
          close(CloseReason.NO_MEMORY);
        }
        awaitTurn();
      }
    } finally {
      in.release();
    }
  }

  /** Has the worker see to what has arrived: at the end of this turn if it is not much. */
  private void awaitTurn() {
    if (read > MAX_READ) {
      read(false);
    }
    if (!inTurn && !queued) {
      if (incoming.isBehind() && !isStalled()) {
        queue();
      } else if (!reading || hasMore()) {
        inTurn = true;
        worker.defer(this, channel.eventLoop());
      }
    }
  }

  private void queue() {
    queued = true;
    worker.goOnLater(this, channel.eventLoop()); // behind the other clients of this loop
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!inTurn && !queued) { // else at the end of the turn, in one write
      flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      flush();
    }
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  /** Returns the requests that {@link #endTurn} is about to carry out. */
  List<Request> deferred() {
    return isDeferred() ? requests.waiting() : List.of();
  }

  private boolean isDeferred() {
    return !incoming.isBehind() && !isStalled();
  }

  /** Ends the turn: carries out what was decoded, and sends the answers. */
  void endTurn() {
    inTurn = false;
    if (isDeferred() && !requests.waiting().isEmpty()) {
      carryOut();
    }
    flush();
  }

  private void carryOut() {
    lastCommandNanos = System.nanoTime();
    left -= requests.carryOut();
    if (requests.hasQuit()) {
      close(requests.hasFailed() ? ERROR : closeReason);
    }
  }

  /** Goes on with what was left over, until a moment at most. */
  void goOn(long endNanos) {
    queued = false;
    if (responses.wantsPart()) {
      responses.askForPart();
    }
    boolean inTime = true;
    while (hasMore() && !isStalled() && left > 0 && inTime) {
      if (requests.waiting().isEmpty()) {
        incoming.decodeMore(left);
      }
      if (!requests.waiting().isEmpty()) {
        carryOut();
      }
      if (responses.isFull()) {
        send();
      }
      inTime = System.nanoTime() < endNanos;
    }
    if (ended && !hasMore() && !isStalled()) {
      closing = true;
    }
    flush();
  }

  private boolean hasMore() {
    return incoming.isBehind() || !requests.waiting().isEmpty();
  }

  private boolean isStalled() {
    return requests.isDue() || responses.isBlocked();
  }

  /** Sends what the client takes; when that is all, sees to what had to wait for it. */
  private void flush() {
    send();
    if (responses.isWatching()) {
      forgetInput();
      if (ended) { // nobody would learn that the client has gone
        ChannelFuture unused = channel.close();
        return;
      }
    }
    boolean blocked = responses.isBlocked(); // asked once: others may free memory at any moment
    boolean stalled = blocked || requests.isDue();
    if (closing && !hasMore() && !stalled) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    settle(stalled);
    if (blocked && !queued) {
      responses.awaitRoom();
    }
  }

  private void send() {
    long written = responses.flush();
    worker.counters.add(Counter.BYTES_WRITTEN, written);
    worker.written += written;
    worker.shared.slowReaders().closeSlowest();
  }

  /** Has the worker go on if there is something to do, and reads on if there is nothing. */
  private void settle(boolean stalled) {
    boolean more = hasMore();
    if (more && left <= 0) {
      worker.counters.increment(Counter.CONN_YIELDS);
    }
    if (!more || left <= 0) {
      left = requestsPerEvent;
    }
    incoming.account(more ? requests.held() : 0);
    boolean goesOn = !stalled && (more || (ended && !closing));
    if ((goesOn || responses.wantsTurn()) && !queued && !inTurn) {
      queue();
    }
    if (!inTurn) {
      read = 0;
    }
    // Of who watches and does not read on, nobody would learn that it has gone.
    read((!more && !stalled && !closing && read <= MAX_READ) || responses.isWatching());
  }

  private void read(boolean now) {
    if (reading != now) {
      reading = now;
      channel.config().setAutoRead(now && !ended);
    }
  }

  private void forgetInput() {
    incoming.clear();
    requests.waiting().clear();
  }

  /** Closes the connection if its client has been waited for long enough; called now and then. */
  void sweep(long nowNanos) {
    responses.account();
    boolean asks = !isStalled() && !hasMore();
    CloseReason reason =
        timeouts.look(
            responses,
            asks && incoming.isPartial(),
            incoming.decoded(),
            asks && !incoming.isMidway() ? nowNanos - lastCommandNanos : 0,
            nowNanos);
    if (reason != null) {
      close(reason);
    }
  }

  private void close(CloseReason reason) {
    if (dismissed) {
      return;
    }
    dismissed = true;
    worker.counters.increment(reason.counter());
    worker.shared.log(reason, address());
    close(reason.logged());
    if (reason == CloseReason.OUTPUT_MEMORY) {
      channel.unsafe().close(channel.newPromise()); // TLS would first wait for what is not taken
    } else {
      ChannelFuture unused = channel.close();
    }
  }

  /** Reads nothing more; the connection is closed when what is due has been sent. */
  private void close(String reason) {
    closing = true;
    closeReason = reason;
    incoming.clear();
  }

  /** Returns what the answers hold that the client has not taken; from any thread. */
  UnsentBytes unsent() {
    return responses.unsent();
  }

  /** Closes the connection soon, for the memory that its answers hold; likewise. */
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

  /** Tells whether {@link #closeForMemory} was called. */
  boolean isClosingForMemory() {
    return closingForMemory;
  }

  /** Reads nothing more, and closes once the answers that are due have left; from any thread. */
  void drainSoon() {
    LoopTasks.execute(channel, () -> drain("shutdown"));
  }

  private void drain(String reason) {
    close(reason);
    read(false);
    if (responses.isWatching()) {
      ChannelFuture unused = channel.close();
    } else {
      flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      if (responses.isWatching()) {
        ChannelFuture unused = channel.close();
      }
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    forgetInput();
    responses.discard();
    incoming.discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  /** Closes the connection, which cannot go on. */
  void failed(Throwable cause) {
    close(ERROR);
    if (cause instanceof IOException) {
      LOG.debug("{} went away: {}", address(), cause.getMessage());
    } else {
      LOG.error("{} is closed because of an internal error", address(), cause);
    }
    ChannelFuture unused = channel.close();
  }

  /** Returns the client's address; null where it is on a unix socket. */
  InetSocketAddress remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
  }

  /** Returns memcached's word for why the connection ends; to be asked on its event loop. */
  String closeReason() {
    return closeReason;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String address() {
    return Addresses.describe(channel.remoteAddress(), channel.localAddress());
  }

  @Override
  public String listenAddress() {
    return Addresses.describe(channel.localAddress(), channel.localAddress());
  }

  @Override
  public String state() {
    if (requests.isCarryingOut() || responses.isStreaming()) {
      return "conn_parse_cmd";
    }
    return incoming.awaitsValue() ? "conn_nread" : "conn_read";
  }

  @Override
  public long secondsSinceLastCommand() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastCommandNanos);
  }
}
