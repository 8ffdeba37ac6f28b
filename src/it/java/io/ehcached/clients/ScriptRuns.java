package io.ehcached.clients;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;

/**
 * All scripts side by side with one server. Most of their time they await something, so that is
 * what makes it short; and the server is restarted once, for all of them, when the last one has
 * asked for it. See {@code src/it/clients/README.md} for how a script asks.
 */
final class ScriptRuns implements AutoCloseable {
  /** So many scripts at a time, of those that do not wait for the others. */
  private static final Semaphore TURNS = new Semaphore(6);

  private final TriedServer server;
  private final Map<ClientScript, CompletableFuture<ScriptRun>> results =
      new EnumMap<>(ClientScript.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Phaser gathering;

  /** Starts all scripts with a server. */
  ScriptRuns(TriedServer server) {
    this.server = server;
    ClientScript[] scripts = ClientScript.values();
    gathering =
        new Phaser(scripts.length) {
          @Override
          protected boolean onAdvance(int phase, int registered) {
            if (phase == 0 && registered > 0) {
              try {
                server.restartOne();
              } catch (RuntimeException | AssertionError e) {
                System.out.println("the server was not restarted: " + e);
                return true; // so that nobody waits any longer; what was awaited does not come
              }
            }
            return registered == 0;
          }
        };
    for (ClientScript script : scripts) {
      results.put(script, CompletableFuture.supplyAsync(() -> run(script), threads));
    }
  }

  /** Awaits the end of a script. */
  ScriptRun result(ClientScript script) {
    return results.get(script).join();
  }

  private ScriptRun run(ClientScript script) {
    TURNS.acquireUninterruptibly();
    try {
      return ScriptRun.of(script.command(server.one(), server.two()), this::awaitOthers);
    } catch (MissingException e) {
      return new ScriptRun(false, e.getMessage(), "");
    } finally {
      TURNS.release();
      gathering.arriveAndDeregister();
    }
  }

  private void awaitOthers() {
    TURNS.release();
    try {
      gathering.arriveAndAwaitAdvance();
    } finally {
      TURNS.acquireUninterruptibly();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.close();
  }
}
