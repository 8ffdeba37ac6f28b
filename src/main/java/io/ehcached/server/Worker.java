package io.ehcached.server;

import io.ehcached.admin.Counters;
import io.ehcached.admin.watch.LogBuffer;
import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Request;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share, since only one of them is at work at a time: the
 * executor, the counters' cell, the log's buffer, the encoders, and the memory that a read is
 * decoded in. It looks after them now and then, so that none needs a timer.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int SCRATCH = 128 * 1024;

  /** For how many requests memory is fetched at once: as much as stays near the processor. */
  private static final int AHEAD = 128;

  /**
   * After how many bytes of answers a turn is broken off, for the kernel to take them: they are
   * still near the processor then, and their memory serves for the next ones.
   */
  private static final long MAX_WRITTEN = 512 * 1024;

  /**
   * For how long a turn goes on with clients that have sent more than is done at once; those that
   * send little come first, and wait no longer than that.
   */
  private static final long BACKLOG_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final Connection[] NONE = {};

  final CommandExecutor executor;
  final Counters.Cell counters;
  final LogBuffer log;
  final SharedConnectionState shared;
  final Encoders encoders;

  /** How many bytes connections have handed to their sockets. */
  long written;

  private final Set<Connection> connections = new HashSet<>();
  private byte[] scratch = new byte[SCRATCH];
  private Future<?> sweeping;

  /** The connections whose requests are carried out when all that can be read has been. */
  private List<Connection> turn = new ArrayList<>();

  private List<Connection> idleTurn; // null while it is worked through

  /**
   * The connections for which there is more to do than fits into one turn, longest waiting first.
   */
  private final Queue<Connection> backlog = new ArrayDeque<>();

  /** The backlog was left to the next turn. */
  private boolean backlogWaits;

  /** A turn is going to be taken. */
  private boolean due;

  Worker(
      CommandExecutor executor,
      Counters.Cell counters,
      LogBuffer log,
      Encoders encoders,
      SharedConnectionState shared) {
    this.executor = executor;
    this.counters = counters;
    this.log = log;
    this.encoders = encoders;
    this.shared = shared;
  }

  /** Returns an array of at least {@code length} bytes, good until the next call. */
  byte[] scratch(int length) {
    return length <= scratch.length ? scratch : new byte[length];
  }

  /** Looks after a connection until it is {@link #remove removed}. */
  void add(Connection connection, EventLoop loop) {
    connections.add(connection);
    if (sweeping == null) {
      long period = shared.limits().sweepNanos();
      sweeping = loop.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Carries out a connection's requests at the end of this turn of the event loop, together with
   * those of the others that were read from in it: then they wait for memory all at once.
   */
  void defer(Connection connection, EventLoop loop) {
    if (!due) {
      due = true;
      loop.execute(this::takeTurn);
    }
    turn.add(connection);
  }

  /** Goes on with a connection when the sockets were seen to, behind those that wait already. */
  void goOnLater(Connection connection, EventLoop loop) {
    backlog.add(connection);
    if (!due) {
      due = true;
      takeNextTurn(loop);
    }
  }

  /** Carries out what was deferred, or some of what is left over from earlier turns. */
  private void takeTurn() {
    due = false;
    int count = backlog.size(); // what is left over from here on waits for the next turn
    boolean fresh = !turn.isEmpty();
    takeFresh();
    executor.expectNothing();
    // Over io_uring, answers leave when the turn has ended: they do not wait for the backlog.
    backlogWaits = fresh && count > 0 && !backlogWaits;
    goOn(backlogWaits ? 0 : count);
  }

  private void takeFresh() {
    long max = written + MAX_WRITTEN;
    List<Connection> taken = turn;
    turn = idleTurn == null ? new ArrayList<>() : idleTurn;
    idleTurn = null;
    int to = 0;
    for (int from = 0; from < taken.size(); from = to) {
      if (written >= max) {
        putOff(taken.subList(from, taken.size()));
        break;
      }
      int requests = 0;
      while (to < taken.size() && requests < AHEAD) {
        List<Request> batch = taken.get(to++).deferred();
        if (!batch.isEmpty()) {
          executor.expect(batch);
        }
        requests += batch.size();
      }
      for (int i = from; i < to; i++) {
        if (written >= max) {
          to = i;
          break;
        }
        Connection connection = taken.get(i);
        try {
          connection.endTurn();
        } catch (RuntimeException | OutOfMemoryError e) { // others are to be answered all the same
          connection.lifecycle().failed(e);
        }
      }
    }
    taken.clear();
    idleTurn = taken;
  }

  /** Goes on with each connection of the backlog once, or as many as there is time for. */
  private void goOn(int count) {
    if (backlog.isEmpty()) {
      return;
    }
    EventLoop loop = backlog.element().loop();
    long end = System.nanoTime() + BACKLOG_NANOS;
    for (int i = 0; i < count && (i == 0 || System.nanoTime() < end); i++) {
      Connection connection = backlog.remove();
      try {
        connection.goOn(end);
      } catch (RuntimeException | OutOfMemoryError e) { // others are to be answered all the same
        connection.lifecycle().failed(e);
      }
    }
    if (!backlog.isEmpty() && !due) {
      due = true;
      takeNextTurn(loop);
    }
  }

  /** Leaves connections to the next turn. */
  private void putOff(List<Connection> others) {
    turn.addAll(0, others);
    if (!due) {
      due = true;
      takeNextTurn(others.get(0).loop());
    }
  }

  /** Has the next turn begin when the sockets were seen to. */
  private void takeNextTurn(EventLoop loop) {
    Runnable next = () -> loop.execute(this::takeTurn);
    if (loop instanceof SingleThreadEventLoop real) {
      real.executeAfterEventLoopIteration(next);
    } else {
      next.run();
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  private void sweep() {
    shared.slowReaders().closeSlowest(); // peers may have replaced what is sent, while nobody asked
    long now = System.nanoTime();
    for (Connection connection : connections.toArray(NONE)) { // those that it closes leave
      try {
        connection.sweep(now);
      } catch (RuntimeException e) { // which would end the sweeping
        LOG.error("{} could not be checked", connection.address(), e);
      }
    }
  }
}
