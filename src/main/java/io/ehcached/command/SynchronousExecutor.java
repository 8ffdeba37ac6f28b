package io.ehcached.command;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the answers to a batch that writes until the other nodes have what it wrote. The thread
 * does not wait.
 */
final class SynchronousExecutor implements CommandExecutor {
  private final CommandExecutor executor;
  private final Cluster cluster;

  private record Answer(Request request, Response response) {}

  SynchronousExecutor(CommandExecutor executor, Cluster cluster) {
    this.executor = executor;
    this.cluster = cluster;
  }

  @Override
  public void executeBatch(List<Request> requests, Responder responder) {
    if (requests.stream().noneMatch(SynchronousExecutor::writes)) {
      executor.executeBatch(requests, responder);
      return;
    }
    List<Answer> answers = new ArrayList<>(requests.size());
    executor.executeBatch(
        requests, (request, response) -> answers.add(new Answer(request, response)));
    cluster.whenReplicated(
        () -> answers.forEach(answer -> responder.respond(answer.request(), answer.response())));
  }

  private static boolean writes(Request request) {
    return switch (request.command()) {
      case SET,
          ADD,
          REPLACE,
          APPEND,
          PREPEND,
          INCREMENT,
          DECREMENT,
          DELETE,
          TOUCH,
          GET_AND_TOUCH,
          FLUSH_ALL ->
          true;
      case GET, NOOP, VERSION, VERBOSITY, STATS, CACHE_MEMLIMIT, SHUTDOWN, QUIT, INVALID -> false;
    };
  }
}
