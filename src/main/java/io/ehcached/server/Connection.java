package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counter;
import io.ehcached.auth.Authenticator;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Request;
import io.ehcached.server.ConnectionLifecycle.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client. What arrives is decoded, a batch at most, and carried out at the end of the event
 * loop's turn; the answers leave in the order of the requests, in one write. What is left over
 * waits for the next turn, behind what others have sent. While anything is left over, the client
 * does not take its answers, or some are still to come, nothing more is read from it.
 */
final class Connection extends ChannelInboundHandlerAdapter implements ConnectionView {
  private final long id;
  private final Worker worker;
  private final Channel channel;
  private final ResponseQueue responses;
  private final RequestQueue requests;
  private final InputDecoder incoming;
  private final ConnectionTimeouts timeouts;
  private final ConnectionTurn turn;
  private final ConnectionLifecycle lifecycle;
  private boolean reading = true;

  private volatile long lastCommandNanos = System.nanoTime();

  Connection(long id, Channel channel, Decoder decoder, int requestsPerEvent, Worker worker) {
    this.id = id;
    this.channel = channel;
    this.worker = worker;
    this.turn = new ConnectionTurn(this, worker, channel.eventLoop(), requestsPerEvent);
    this.responses =
        new ResponseQueue(channel, worker.encoders, worker.shared.output(), this::flush);
    this.requests = new RequestQueue(id, channel, worker.executor, responses, this::flush);
    this.incoming = new InputDecoder(decoder, worker, requests.waiting());
    this.lifecycle = new ConnectionLifecycle(channel, worker, incoming, responses);
    this.timeouts = new ConnectionTimeouts(worker.shared);
  }

  /** Has nothing done for the client before it has authenticated; to be called at the start. */
  void guard(Authenticator authenticator, Access access) {
    requests.executor(
        new AuthenticatingExecutor(
            authenticator, access, channel, worker, () -> drain(ConnectionLifecycle.ERROR)));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (!lifecycle.isEnding() && !responses.isWatching()) { // who watches is heard no more
        turn.hasRead(in.readableBytes());
        worker.counters.add(Counter.BYTES_READ, in.readableBytes());
        incoming.take(in, isStalled(), turn.left());
        if (!incoming.economize()) {
          lifecycle.close(CloseReason.NO_MEMORY);
        }
        awaitTurn();
      }
    } finally {
      in.release();
    }
  }

  /** Has the worker see to what has arrived: at the end of this turn if it is not much. */
  private void awaitTurn() {
    if (turn.hasReadEnough()) {
      read(false);
    }
    if (incoming.isBehind() && !isStalled()) {
      turn.planLater();
    } else if (!reading || hasMore()) {
      turn.planEnd();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!turn.isPlanned()) { // else at the end of the turn, in one write
      flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      flush();
    }
  }

  /** Returns the connection's state, with what closes it. */
  ConnectionLifecycle lifecycle() {
    return lifecycle;
  }

  EventLoop loop() {
    return turn.loop();
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
    turn.begun();
    if (isDeferred() && !requests.waiting().isEmpty()) {
      carryOut();
    }
    flush();
  }

  private void carryOut() {
    lastCommandNanos = System.nanoTime();
    turn.executed(requests.carryOut());
    if (requests.hasQuit()) {
      lifecycle.drain(requests.hasFailed() ? ConnectionLifecycle.ERROR : lifecycle.reason());
    }
  }

  /** Goes on with what was left over, until a moment at most. */
  void goOn(long endNanos) {
    turn.begun();
    if (responses.wantsPart()) {
      responses.askForPart();
    }
    boolean inTime = true;
    while (hasMore() && !isStalled() && turn.left() > 0 && inTime) {
      if (requests.waiting().isEmpty()) {
        incoming.decodeMore(turn.left());
      }
      if (!requests.waiting().isEmpty()) {
        carryOut();
      }
      if (responses.isFull()) {
        send();
      }
      inTime = System.nanoTime() < endNanos;
    }
    if (lifecycle.isHalfClosed() && !hasMore() && !isStalled()) {
      lifecycle.reach(State.DRAINING);
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
      if (!lifecycle.isOpen()) { // nobody would learn that the client has gone
        ChannelFuture unused = channel.close();
        return;
      }
    }
    boolean blocked = responses.isBlocked(); // asked once: others may free memory at any moment
    boolean stalled = blocked || requests.isDue();
    if (lifecycle.isEnding() && !hasMore() && !stalled) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    settle(stalled);
    if (blocked && !turn.isQueued()) {
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
    if (more && turn.left() <= 0) {
      worker.counters.increment(Counter.CONN_YIELDS);
    }
    if (!more || turn.left() <= 0) {
      turn.renew();
    }
    incoming.account(more ? requests.held() : 0);
    boolean goesOn = !stalled && (more || lifecycle.isHalfClosed());
    if (goesOn || responses.wantsTurn()) {
      turn.planLater();
    }
    turn.mayReadAnew();
    // Of who watches and does not read on, nobody would learn that it has gone.
    boolean wanted = !more && !stalled && !lifecycle.isEnding() && !turn.hasReadEnough();
    read(wanted || responses.isWatching());
  }

  private void read(boolean now) {
    if (reading != now) {
      reading = now;
      channel.config().setAutoRead(now && lifecycle.isOpen());
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
      lifecycle.close(reason);
    }
  }

  /** Returns what the answers hold that the client has not taken; from any thread. */
  UnsentBytes unsent() {
    return responses.unsent();
  }

  /** Reads nothing more, and closes once the answers that are due have left; from any thread. */
  void drainSoon() {
    LoopTasks.execute(channel, () -> drain("shutdown"));
  }

  private void drain(String reason) {
    lifecycle.drain(reason);
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
      lifecycle.reach(State.HALF_CLOSED);
      if (responses.isWatching()) {
        ChannelFuture unused = channel.close();
      }
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lifecycle.reach(State.CLOSED);
    forgetInput();
    responses.discard();
    incoming.discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lifecycle.failed(cause);
  }

  /** Returns the client's address; null where it is on a unix socket. */
  InetSocketAddress remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
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
