package io.ehcached.simulation;

import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor.Answer;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Carries frames between nodes, late, or not at all. */
final class Network {
  private static final long FASTEST_NANOS = 50_000;

  private final VirtualTime time;
  private final SplittableRandom random;
  private final SimulatedNode[] nodes;
  private final boolean[][] cut;
  private final boolean[][] silent; // whether who is cut off waits, or is told at once
  private final long[][] slowMillis;
  private final Consumer<SimulatedNode> afterFrame;

  /**
   * Makes a network without faults.
   *
   * @param afterFrame is run after a node took a frame in, or an answer
   */
  Network(VirtualTime time, SimulatedNode[] nodes, Consumer<SimulatedNode> afterFrame) {
    this.time = time;
    this.random = time.random().split();
    this.nodes = nodes;
    this.cut = new boolean[nodes.length][nodes.length];
    this.silent = new boolean[nodes.length][nodes.length];
    this.slowMillis = new long[nodes.length][nodes.length];
    this.afterFrame = afterFrame;
  }

  static String url(int node) {
    return "//n" + node + "/items";
  }

  void cut(int from, int to, boolean waits) {
    cut[from][to] = true;
    silent[from][to] = waits;
  }

  void heal(int from, int to) {
    cut[from][to] = false;
    slowMillis[from][to] = 0;
  }

  void slow(int from, int to, long millis) {
    slowMillis[from][to] = millis;
  }

  boolean isCut(int from, int to) {
    return cut[from][to];
  }

  /** Tells whether all calls arrive, and none takes long. */
  boolean isClean() {
    for (int i = 0; i < nodes.length; i++) {
      for (int j = 0; j < nodes.length; j++) {
        if (cut[i][j] || slowMillis[i][j] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  void healAll() {
    for (int i = 0; i < nodes.length; i++) {
      for (int j = 0; j < nodes.length; j++) {
        heal(i, j);
      }
    }
  }

  private record Link(int target) implements PeerLink {
    @Override
    public String url() {
      return Network.url(target);
    }

    @Override
    public byte[] call(byte[] frame, long timeoutMillis) {
      throw new UnsupportedOperationException("the executor calls");
    }
  }

  PeerLink link(int target) {
    return new Link(target);
  }

  PeerLink link(String url) {
    return new Link(Integer.parseInt(url.substring("//n".length(), url.indexOf('/', 2))));
  }

  private long travel(int from, int to) {
    long slow = slowMillis[from][to];
    return FASTEST_NANOS
        + random.nextLong(500_000)
        + (slow == 0 ? 0 : random.nextLong(slow) * VirtualTime.MILLI);
  }

  /** A call under way; answered once. */
  private final class Call {
    private final SimulatedNode caller;
    private final Answer answer;
    private boolean over;

    Call(SimulatedNode caller, Answer answer) {
      this.caller = caller;
      this.answer = answer;
    }

    void end(byte[] reply, IOException failure) {
      caller.run(
          () -> {
            if (!over) {
              over = true;
              answer.accept(reply, failure);
              afterFrame.accept(caller);
            }
          });
    }
  }

  void call(SimulatedNode caller, PeerLink link, byte[] frame, long timeoutMillis, Answer answer) {
    int from = caller.number;
    int to = ((Link) link).target();
    Call call = new Call(caller, answer);
    time.after(
        timeoutMillis * VirtualTime.MILLI,
        () -> call.end(null, new IOException("no answer within " + timeoutMillis + " ms")));
    time.after(travel(from, to), () -> arrive(call, from, to, frame));
  }

  private void arrive(Call call, int from, int to, byte[] frame) {
    SimulatedNode target = nodes[to];
    if (cut[from][to] || target == null || !target.isAlive()) {
      if (target == null || !target.isAlive() || !silent[from][to]) {
        call.end(null, new IOException(url(to) + " could not be reached"));
      }
      return;
    }
    target.run(
        () -> {
          byte[] reply = null;
          IOException failure = null;
          try {
            reply = target.replicator.handle(frame);
          } catch (IOException e) {
            failure = e;
          }
          afterFrame.accept(target);
          byte[] result = reply;
          IOException why = failure;
          time.after(
              travel(to, from),
              () -> {
                if (!cut[to][from]) {
                  call.end(result, why);
                } else if (!silent[to][from]) {
                  call.end(null, new IOException("the answer of " + url(to) + " got lost"));
                }
              });
        });
  }
}
