package io.ehcached.faults;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that writes at random to one node, until told to stop, and notes what it did. */
final class Load implements AutoCloseable {
  private static final int BATCH = 25;
  private static final int NUMBERS_OF_KEYS = 10; // a tenth of the keys hold numbers

  private final NodeProcess process;
  private final int node;
  private final History history;
  private final String prefix;
  private final int keys;
  private final long batchNanos;
  private final Random random;
  private final AtomicLong done = new AtomicLong();
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean stopped;
  private volatile RuntimeException failure;
  private volatile long longestNanos;
  private final AtomicLong sessions = new AtomicLong();
  private long number;

  /** What a command asks for. */
  private enum Kind {
    SET,
    ADD,
    REPLACE,
    DELETE,
    INCR
  }

  /** A command sent. */
  private record Sent(Kind kind, String key, String value) {}

  private Load(
      Cluster cluster, int node, History history, String prefix, int keys, int rate, long seed) {
    this.process = cluster.node(node);
    this.node = node;
    this.history = history;
    this.prefix = prefix;
    this.keys = keys;
    this.batchNanos = TimeUnit.SECONDS.toNanos(BATCH) / rate;
    this.random = new Random(seed * 31 + node);
  }

  /** Starts to write so many commands a second, under so many keys that begin with a prefix. */
  static Load start(
      Cluster cluster, int node, History history, String prefix, int keys, int rate, long seed) {
    Load load = new Load(cluster, node, history, prefix, keys, rate, seed);
    load.thread.start();
    return load;
  }

  private void run() {
    try {
      while (!stopped) {
        session();
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Writes over one connection, for as long as it holds. */
  private void session() {
    try (TextClient client = process.connect()) {
      sessions.incrementAndGet();
      long next = System.nanoTime();
      while (!stopped) {
        batch(client);
        next = Math.max(next + batchNanos, System.nanoTime() - batchNanos);
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (UncheckedIOException e) {
      if (!process.process().isAlive()) {
        stopped = true;
      }
    }
  }

  private void batch(TextClient client) {
    List<Sent> batch = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      Sent sent = choose();
      batch.add(sent);
      text.append(line(sent));
    }
    long start = System.nanoTime();
    int answered = 0;
    try {
      client.send(text.toString());
      for (Sent sent : batch) {
        note(sent, client.line(), start);
        answered++;
      }
    } finally {
      batch.subList(answered, BATCH).forEach(sent -> noteUnanswered(sent, start));
      longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    }
    done.addAndGet(BATCH);
  }

  private Sent choose() {
    int k = random.nextInt(keys);
    int dice = random.nextInt(100);
    if (k % NUMBERS_OF_KEYS == 0) {
      String key = prefix + "number" + k;
      return dice < 20
          ? new Sent(Kind.SET, key, Long.toString(random.nextInt(1_000_000_000)))
          : new Sent(dice < 30 ? Kind.DELETE : Kind.INCR, key, null);
    }
    String key = prefix + "key" + k;
    if (dice < 25) {
      return new Sent(Kind.DELETE, key, null);
    }
    String value = "n" + node + "-" + number++ + "-" + "x".repeat(random.nextInt(200));
    return new Sent(dice < 80 ? Kind.SET : dice < 90 ? Kind.ADD : Kind.REPLACE, key, value);
  }

  private static String line(Sent sent) {
    return switch (sent.kind()) {
      case DELETE -> "delete " + sent.key() + "\r\n";
      case INCR -> "incr " + sent.key() + " 3\r\n";
      case SET, ADD, REPLACE ->
          "%s %s %d 0 %d\r\n%s\r\n"
              .formatted(
                  sent.kind().name().toLowerCase(java.util.Locale.ROOT),
                  sent.key(),
                  flags(sent),
                  sent.value().length(),
                  sent.value());
    };
  }

  private static long flags(Sent sent) {
    return sent.value().startsWith("n") ? History.flags(sent.value()) : History.NUMBER_FLAGS;
  }

  private void note(Sent sent, String answer, long start) {
    long end = System.nanoTime();
    switch (answer) {
      case "STORED" -> history.wrote(node, sent.key(), sent.value(), start, end);
      case "DELETED" -> history.wrote(node, sent.key(), null, start, end);
      case "NOT_STORED" -> {}
      case "NOT_FOUND" -> {
        if (sent.kind() == Kind.DELETE) {
          history.wrote(node, sent.key(), null, start, end);
        }
      }
      default -> {
        if (sent.kind() != Kind.INCR || !answer.matches("\\d+")) {
          throw new IllegalStateException(sent + " was answered " + answer);
        }
        history.wrote(node, sent.key(), answer, start, end);
      }
    }
  }

  private void noteUnanswered(Sent sent, long start) {
    if (sent.kind() == Kind.INCR) {
      history.uncertain(sent.key());
    } else {
      history.attempted(node, sent.key(), sent.value(), start);
    }
  }

  /** Tells whether it still writes, which it does not once its node is dead. */
  boolean isRunning() {
    return !stopped && failure == null;
  }

  /** Waits until so many more commands are answered. */
  void awaitMore(long commands) {
    long goal = done.get() + commands;
    Cluster.eventually("node " + node + " to answer", () -> done.get() >= goal || !isRunning());
  }

  /** Returns how long the slowest batch took, in milliseconds. */
  long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestNanos);
  }

  /** Returns how many connections it took; more than one is one that was dropped. */
  long sessions() {
    return sessions.get();
  }

  /** Stops to write, having got the answers. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
