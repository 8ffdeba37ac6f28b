package io.ehcached.command;

import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * An executor that keeps the answers to a batch that writes until the other nodes have its writes,
 * with synchronous replication. The thread does not wait.
 */
final class SynchronousExecutor implements CommandExecutor {
  /** After how many bytes of values a batch is broken off: they are kept until the peers answer. */
  private static final long MAX_KEPT = 512 * 1024;

  private final CommandExecutor executor;
  private final Cluster cluster;

  private record Answer(Request request, Response response) {}

  /** Keeps answers in place of the responder that they are for. */
  private static final class KeptResponses implements Responder {
    private final List<Answer> answers;
    private final Responder responder;
    private long kept;
    private boolean streams;

    KeptResponses(int size, Responder responder) {
      this.answers = new ArrayList<>(size);
      this.responder = responder;
    }

    @Override
    public void respond(Request request, Response response) {
      answers.add(new Answer(request, response));
      if (request.command().returnsValue() && response.item() != null) {
        kept += response.item().value().length;
      }
      streams |= response.stream() != null;
    }

    @Override
    public boolean isFull() {
      return streams || kept >= MAX_KEPT;
    }

    @Override
    public long connection() {
      return responder.connection();
    }
  }

  SynchronousExecutor(CommandExecutor executor, Cluster cluster) {
    this.executor = executor;
    this.cluster = cluster;
  }

  @Override
  public void expect(List<Request> requests) {
    executor.expect(requests);
  }

  @Override
  public void expectNothing() {
    executor.expectNothing();
  }

  @Override
  public int executeBatch(List<Request> requests, Responder responder) {
    if (!cluster.isSynchronous() || requests.stream().noneMatch(Request::mayWrite)) {
      return executor.executeBatch(requests, responder);
    }
    KeptResponses kept = new KeptResponses(requests.size(), responder);
    int done = executor.executeBatch(requests, kept);
    List<Answer> answers = kept.answers;
    Runnable respond =
        () -> answers.forEach(answer -> responder.respond(answer.request(), answer.response()));
    if (answers.stream().anyMatch(SynchronousExecutor::wrote)) {
      cluster.whenReplicated(respond);
    } else {
      respond.run();
    }
    return done;
  }

  /** Tells whether a request wrote, as it turned out: a read does for a client that wins. */
  private static boolean wrote(Answer answer) {
    ItemState state = answer.response().state();
    return answer.request().command().writes() || (state != null && state.won());
  }
}
