package io.ehcached.server;

import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The requests of one connection that are decoded but not answered. They wait for execution, are
 * executed in batches, and their responses are put into the order of the requests.
 */
final class RequestQueue implements Responder {
  private final long connection;
  private final Channel channel;
  private final ResponseQueue responses;
  private final Runnable onLate;
  private CommandExecutor executor;

  /** Those that are not carried out yet. */
  private final List<Request> waiting = new ArrayList<>(1);

  /** Those that are, and are not all answered. */
  private List<Request> batch = List.of();

  /** How many of the batch are answered, counted from its start. */
  private int answered;

  /** Answers that came before those of requests ahead of theirs. */
  private final IdentityHashMap<Request, Response> early = new IdentityHashMap<>();

  private boolean working;
  private boolean quit;
  private boolean failed;

  /**
   * Makes a connection's.
   *
   * @param connection the number by which the connection is known
   * @param onLate is run on the event loop when all is answered, and was not at once
   */
  RequestQueue(
      long connection,
      Channel channel,
      CommandExecutor executor,
      ResponseQueue responses,
      Runnable onLate) {
    this.connection = connection;
    this.channel = channel;
    this.executor = executor;
    this.responses = responses;
    this.onLate = onLate;
  }

  /** Has another carry out what comes. */
  void executor(CommandExecutor other) {
    executor = other;
  }

  /** Returns those that wait to be carried out; a decoder adds to them. */
  List<Request> waiting() {
    return waiting;
  }

  /** Returns how many bytes the values take of those that wait. */
  long held() {
    long bytes = 0;
    for (Request request : waiting) {
      bytes += request.value() == null ? 0 : request.value().length;
    }
    return bytes;
  }

  /** Tells whether answers are still to come, so that nothing more may be carried out. */
  boolean isDue() {
    return answered < batch.size();
  }

  /** Tells whether the client has asked for its connection to be ended. */
  boolean hasQuit() {
    return quit;
  }

  /** Tells whether that is since the client cannot be understood any more. */
  boolean hasFailed() {
    return failed;
  }

  /** Tells whether some are being carried out now. */
  boolean isCarryingOut() {
    return working;
  }

  /**
   * Carries out those that wait, or the first of them, as far as the client may be owed answers;
   * returns how many.
   */
  int carryOut() {
    working = true;
    batch = waiting;
    int done = executor.executeBatch(waiting, this);
    working = false;
    if (answered == done) {
      endBatch();
    } else {
      batch = List.copyOf(waiting.subList(0, done));
    }
    if (done == waiting.size()) {
      waiting.clear();
    } else {
      waiting.subList(0, done).clear();
    }
    return done;
  }

  private void endBatch() {
    batch = List.of();
    answered = 0;
  }

  @Override
  public void respond(Request request, Response response) {
    if (!channel.eventLoop().inEventLoop()) {
      LoopTasks.execute(channel, () -> respond(request, response));
      return;
    }
    take(request, response);
    if (!working && !isDue()) {
      endBatch();
      onLate.run();
    }
  }

  private void take(Request request, Response response) {
    if (batch.get(answered) != request) {
      early.put(request, response);
      return;
    }
    answer(request, response);
    if (!early.isEmpty()) {
      answerEarly();
    }
  }

  /** Answers those whose answers came before, as far as no other is to come before them. */
  private void answerEarly() {
    while (!early.isEmpty() && isDue()) {
      Request next = batch.get(answered);
      Response known = early.remove(next);
      if (known == null) {
        return;
      }
      answer(next, known);
    }
  }

  private void answer(Request request, Response response) {
    answered++;
    if (request.command() == Command.QUIT) {
      quit = true;
      failed |= request.error() != null;
    }
    responses.add(request, response);
  }

  @Override
  public boolean isFull() {
    // Another thread carries out a few at most, and may not look at what belongs to the loop.
    return channel.eventLoop().inEventLoop() && responses.isFull();
  }

  @Override
  public long connection() {
    return connection;
  }
}
