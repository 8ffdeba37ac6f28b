package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counter;
import io.ehcached.auth.Gate;
import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. What arrives is decoded into batches, a batch is executed whole, and its answers
 * leave in the order of the requests, in one write for a read. While the client does not take its
 * answers, or some are still to come, nothing more is read from it.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Responder, ConnectionView {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** The most requests in a batch; enough for the memory of many items to be fetched at once. */
  private static final int BATCH = 256;

  private static final byte[] NOTHING = {};

  /** Memcached's word for why a connection ends that cannot go on. */
  private static final String ERROR = "error";

  private final long id;
  private final Decoder decoder;
  private final Worker worker;
  private final int requestsPerEvent;
  private CommandExecutor executor;
  private final Channel channel;
  private final Replies replies;

  /** What has arrived and is not decoded yet. */
  private byte[] rest = NOTHING;

  /** Where in {@link #rest} it begins. */
  private int restAt;

  private List<Request> batch = List.of();

  /** Requests that wait for the end of the turn. */
  private final List<Request> mine = new ArrayList<>(1);

  private boolean deferred;

  /** The worker is going to end this connection's turn. */
  private boolean inTurn;

  /** How many of the batch are answered, counted from its start. */
  private int answered;

  /** Answers that came before those of requests ahead of theirs. */
  private final IdentityHashMap<Request, Response> early = new IdentityHashMap<>();

  private boolean working;

  /** The last work stopped short, and nothing is read since. */
  private boolean paused;

  private boolean closing;

  /** The client sends nothing more, but may still read. */
  private boolean ended;

  private boolean goingOn;
  private String closeReason = "normal"; // memcached's word for why the connection ends

  /** How many bytes the decoder has taken. */
  private long decoded;

  /** How many bytes are held until there are more of them. */
  private long held;

  private final Stall inputStall = new Stall();
  private final Stall outputStall = new Stall();
  private volatile long lastCommandNanos = System.nanoTime();

  Connection(long id, Channel channel, Decoder decoder, int requestsPerEvent, Worker worker) {
    this.id = id;
    this.channel = channel;
    this.decoder = decoder;
    this.worker = worker;
    this.requestsPerEvent = requestsPerEvent;
    this.executor = worker.executor;
    this.replies = new Replies(channel, worker.encoders, worker.commons.output(), this::flush);
  }

  /** Has nothing done for the client before it has authenticated; to be called at the start. */
  void guard(Gate gate, Access access) {
    executor = new Doorkeeper(gate, access, channel, worker, () -> drain(ERROR));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    executeDeferred();
    if (replies.isWatching()) {
      in.release(); // who watches is heard no more
      return;
    }
    try {
      int waiting = rest.length - restAt;
      if (waiting == 0 && !isStalled() && takesAll(in)) {
        return;
      }
      int arrived = in.readableBytes();
      int length = waiting + arrived;
      byte[] bytes = worker.scratch(length);
      System.arraycopy(rest, restAt, bytes, 0, waiting);
      in.readBytes(bytes, waiting, arrived);
      worker.counters.add(Counter.BYTES_READ, arrived);
      work(bytes, 0, length);
    } finally {
      in.release();
    }
  }

  /**
   * Takes what belongs to a value in the midst of which the decoder is, with one copy only; tells
   * whether that was all.
   */
  private boolean takesAll(ByteBuf in) {
    int taken = decoder.takeValue(in::readBytes, in.readableBytes());
    if (taken == 0) {
      return false;
    }
    worker.counters.add(Counter.BYTES_READ, taken);
    decoded += taken;
    working = true;
    account();
    working = false;
    return !in.isReadable();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!inTurn) { // else at the end of the turn, in one write
      flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      flush();
    }
  }

  /**
   * Decodes and executes as much of the input as may be done now, and keeps the rest. So many
   * requests are done at once; then others have their turn.
   */
  private void work(byte[] bytes, int from, int length) {
    working = true;
    int at = from;
    int turn = requestsPerEvent;
    boolean more = at < length;
    while (more && turn > 0 && !isStalled()) {
      List<Request> requests = worker.batch;
      requests.clear();
      int most = Math.min(turn, BATCH);
      at = decoder.decode(bytes, at, length, requests, most);
      more = !requests.isEmpty() && at < length;
      if (!requests.isEmpty()) {
        turn -= requests.size();
        lastCommandNanos = System.nanoTime();
        // Who watches is heard no more, so that must be known before reading goes on.
        boolean decides = requests.get(requests.size() - 1).command() == Command.WATCH;
        if (decides || requests.size() == most || executor != worker.executor) {
          executeAtOnce(requests);
        } else {
          defer(requests);
        }
      }
    }
    decoded += at - from;
    boolean yields = more && !isStalled();
    if (yields) {
      worker.counters.increment(Counter.CONN_YIELDS);
    }
    paused = yields || isStalled();
    keep(bytes, at, length);
    account();
    working = false;
    paused = yields || isStalled();
    channel.config().setAutoRead(!paused && !ended);
  }

  /** Leaves requests to the end of the turn, where other clients' are carried out with them. */
  private void defer(List<Request> requests) {
    mine.addAll(requests);
    requests.clear();
    deferred = true;
    if (!inTurn) {
      inTurn = true;
      worker.defer(this, channel.eventLoop());
    }
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  List<Request> deferred() {
    return mine;
  }

  /** Ends the turn: carries out what was deferred, and sends the answers. */
  void endTurn() {
    inTurn = false;
    executeDeferred();
    if (isStalled()) {
      paused = true;
      channel.config().setAutoRead(false);
    }
    flush();
  }

  /** Carries out what was deferred, so that something may come after it. */
  private void executeDeferred() {
    if (deferred) {
      deferred = false;
      boolean within = working;
      working = true;
      execute(mine);
      working = within;
    }
  }

  private void executeAtOnce(List<Request> requests) {
    executeDeferred();
    execute(requests);
  }

  private void execute(List<Request> requests) {
    batch = requests;
    executor.executeBatch(requests, this);
    letGoOf(requests);
  }

  /** Counts what is kept as part of what half commands of all hold, and makes do with less. */
  private void account() {
    long now = (long) rest.length + decoder.held();
    if (now == held) {
      return;
    }
    hold(now);
    if (now > SharedMemory.LITTLE && worker.commons.input().isShort()) {
      if (decoder.held() > 0 && !isStalled()) {
        giveUpValue();
      } else if (rest.length > SharedMemory.LITTLE) {
        close(Farewell.NO_MEMORY);
      }
    }
  }

  private void hold(long now) {
    worker.commons.input().add(now - held);
    held = now;
  }

  private void giveUpValue() {
    worker.counters.increment(Counter.READ_BUF_OOM);
    List<Request> requests = worker.batch;
    requests.clear();
    requests.add(decoder.giveUpValue());
    executeAtOnce(requests);
    hold(rest.length);
  }

  private void keep(byte[] bytes, int at, int length) {
    if (paused && bytes == rest) {
      restAt = at; // what waits for its turn is not copied each time
    } else {
      rest = at == length ? NOTHING : Arrays.copyOfRange(bytes, at, length);
      restAt = 0;
    }
  }

  /** Leaves the worker's list to other connections, with what is not answered yet in another. */
  private void letGoOf(List<Request> requests) {
    if (answered == requests.size()) {
      endBatch();
    } else {
      batch = List.copyOf(requests);
    }
    requests.clear();
  }

  private void endBatch() {
    batch = List.of();
    answered = 0;
  }

  private boolean isStalled() {
    return closing || answered < batch.size() || replies.isBlocked();
  }

  /** Sends what the client takes; when that is all, sees to what had to wait for it. */
  private void flush() {
    long written = replies.flush();
    worker.counters.add(Counter.BYTES_WRITTEN, written);
    worker.written += written;
    if (replies.isWatching() && !ended) {
      rest = NOTHING;
      restAt = 0;
      channel.config().setAutoRead(true); // else nobody would learn that the client has gone
    }
    if (closing) {
      if (answered == batch.size() && !deferred && !replies.isBlocked()) {
        close();
      }
    } else if (!goingOn && !isStalled() && (paused || ended)) {
      goingOn = true;
      channel.eventLoop().execute(this::goOn); // behind the other clients of this loop
    }
  }

  private void goOn() {
    goingOn = false;
    if (isStalled()) {
      return;
    }
    if (paused) {
      work(rest, restAt, rest.length);
    } else {
      closing = ended;
    }
    flush();
  }

  /** Closes the connection if its client has been waited for long enough; called now and then. */
  void sweep(long nowNanos) {
    replies.account();
    if (replies.isBlocked()) {
      flush(); // memory may be there again
    }
    ConnectionLimits limits = worker.commons.limits();
    boolean owesReading = replies.pending() > 0;
    boolean owesSending = !isStalled() && (rest.length > 0 || decoder.isMidway());
    if (outputStall.isOver(
        owesReading, replies.taken(), worker.commons.output(), limits.outputSeconds(), nowNanos)) {
      close(Farewell.OUTPUT);
    } else if (inputStall.isOver(
        owesSending, decoded, worker.commons.input(), limits.partialSeconds(), nowNanos)) {
      close(Farewell.PARTIAL);
    } else if (limits.idleSeconds() > 0
        && !isStalled()
        && !decoder.isMidway()
        && nowNanos - lastCommandNanos > TimeUnit.SECONDS.toNanos(limits.idleSeconds())) {
      close(Farewell.IDLE);
    }
  }

  private void close(Farewell farewell) {
    worker.counters.increment(farewell.counter());
    worker.commons.log(farewell, address());
    closing = true;
    closeReason = farewell.logged();
    ChannelFuture unused = channel.close();
  }

  private void close() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void respond(Request request, Response response) {
    if (!channel.eventLoop().inEventLoop()) {
      channel.eventLoop().execute(() -> respond(request, response));
      return;
    }
    take(request, response);
    if (!working && answered == batch.size()) { // a late one
      endBatch();
      flush();
    }
  }

  private void take(Request request, Response response) {
    if (batch.get(answered) != request) {
      early.put(request, response);
      return;
    }
    answer(request, response);
    while (!early.isEmpty() && answered < batch.size()) {
      Request next = batch.get(answered);
      Response known = early.remove(next);
      if (known == null) {
        return;
      }
      answer(next, known);
    }
  }

  @Override
  public long connection() {
    return id;
  }

  private void answer(Request request, Response response) {
    answered++;
    if (request.command() == Command.QUIT) {
      closing = true;
      closeReason = request.error() == null ? closeReason : ERROR;
    }
    replies.add(request, response);
  }

  /** Reads nothing more, and closes once the answers that are due have left; from any thread. */
  void drainSoon() {
    channel.eventLoop().execute(() -> drain("shutdown"));
  }

  private void drain(String reason) {
    closing = true;
    closeReason = reason;
    channel.config().setAutoRead(false);
    if (replies.isWatching()) {
      ChannelFuture unused = channel.close();
    } else {
      flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      // Now: epoll forgets a socket that waits neither to be read nor to be written.
      executeDeferred();
      ended = true;
      if (replies.isWatching()) {
        ChannelFuture unused = channel.close();
      }
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    replies.discard();
    hold(0);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  /** Closes the connection, which cannot go on. */
  void failed(Throwable cause) {
    closeReason = ERROR;
    if (cause instanceof IOException) {
      LOG.debug("{} went away: {}", address(), cause.getMessage());
    } else {
      LOG.error("{} is closed after a fault of this server", address(), cause);
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
    if (working) {
      return "conn_parse_cmd";
    }
    return decoder.awaitsValue() ? "conn_nread" : "conn_read";
  }

  @Override
  public long secondsSinceLastCommand() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastCommandNanos);
  }
}
