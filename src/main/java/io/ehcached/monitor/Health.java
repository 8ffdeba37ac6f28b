package io.ehcached.monitor;

import io.ehcached.monitor.http.HttpReply;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The health check of the event loops: each has {@value #MAX_MILLIS} ms to execute a small task.
 */
final class Health {
  private static final int MAX_MILLIS = 1000;

  private Health() {}

  /** Checks all event loops at once. */
  static CompletionStage<HttpReply> check(Iterable<? extends Executor> loops) {
    List<Executor> asked = new ArrayList<>();
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (Executor loop : loops) {
      asked.add(loop);
      answers.add(ask(loop));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> reply(asked, answers));
  }

  private static CompletableFuture<Boolean> ask(Executor loop) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    try {
      loop.execute(() -> answer.complete(true));
    } catch (RejectedExecutionException e) { // it has ended
      answer.complete(false);
    }
    return answer.completeOnTimeout(false, MAX_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static HttpReply reply(List<Executor> asked, List<CompletableFuture<Boolean>> answers) {
    StringBuilder silent = new StringBuilder();
    for (int i = 0; i < asked.size(); i++) {
      if (!answers.get(i).join()) {
        silent.append("event loop ").append(i + 1).append(" of ").append(asked.size());
        silent.append(thread(asked.get(i))).append(" did not answer within ");
        silent.append(MAX_MILLIS).append(" ms\n");
      }
    }
    return silent.isEmpty() ? HttpReply.text(200, "ok") : HttpReply.text(503, silent.toString());
  }

  /** Returns the name of the loop's thread, as in a thread dump. */
  private static String thread(Executor loop) {
    return loop instanceof SingleThreadEventExecutor one && !one.isShuttingDown()
        ? " (" + one.threadProperties().name() + ")"
        : "";
  }
}
