package io.ehcached.replication;

import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.support.Patience;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A link within one JVM that fails as it is told to. */
final class FaultyLink implements PeerLink {
  private final String url;
  private final Supplier<FrameHandler> target;
  private final Random random;
  private volatile boolean cut;
  private volatile boolean hung;
  private volatile double losing;
  private volatile double losingAnswers;
  private volatile double repeating;
  private volatile long delayMillis;
  private volatile CountDownLatch held;
  private final AtomicLong calls = new AtomicLong();

  FaultyLink(String url, Supplier<FrameHandler> target, long seed) {
    this.url = url;
    this.target = target;
    this.random = new Random(seed);
  }

  /** Nothing goes through, and the caller is told at once. */
  void cut(boolean value) {
    cut = value;
  }

  /** Nothing goes through, and the caller waits for as long as it is ready to. */
  void hang(boolean value) {
    hung = value;
  }

  /** Calls wait until the latch is released; null for no longer. */
  void hold(CountDownLatch until) {
    held = until;
  }

  /** Calls get lost, answers get lost, calls arrive once more some time later, with a chance. */
  void disturb(double calls, double answers, double repeats, long millis) {
    losing = calls;
    losingAnswers = answers;
    repeating = repeats;
    delayMillis = millis;
  }

  long calls() {
    return calls.get();
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public byte[] call(byte[] frame, long timeoutMillis) throws IOException {
    calls.incrementAndGet();
    if (hung) {
      pause(timeoutMillis);
      throw new IOException("no answer from " + url + " within " + timeoutMillis + " ms");
    }
    FrameHandler handler = target.get();
    if (cut || handler == null || happens(losing)) {
      throw new IOException(url + " could not be reached");
    }
    CountDownLatch until = held;
    if (until != null) {
      Patience.await(until);
    }
    if (delayMillis > 0) {
      pause(random.nextLong(delayMillis + 1));
    }
    byte[] answer = handler.handle(frame);
    if (happens(repeating)) {
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(
              () -> {
                try {
                  handler.handle(frame);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(random.nextLong(50), TimeUnit.MILLISECONDS));
    }
    if (cut || happens(losingAnswers)) {
      throw new IOException("the answer of " + url + " got lost");
    }
    return answer;
  }

  private boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
