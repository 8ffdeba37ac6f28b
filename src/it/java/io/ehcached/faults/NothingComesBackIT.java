package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One of four nodes misses that items are removed, or replaced by others that expire; by the time
 * it is back, no other remembers that.
 */
@Timeout(300)
class NothingComesBackIT {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int D = 3;
  private static final int NODES = 4;
  private static final int ITEMS = 50;

  /** Items of this age are old, whatever a node takes for recent. */
  private static final long OLD_MILLIS = 8_000;

  private static final List<String> FOR_NEW = Survivors.keys("new", ITEMS);
  private static final List<String> FOR_RESTARTED = Survivors.keys("restarted", ITEMS);

  @AutoClose private static Cluster cluster;
  private static long written;

  /** Who can connect first once the network is healed. */
  enum First {
    ANY,
    THE_ISOLATED,
    THE_OTHERS
  }

  @BeforeAll
  static void start() {
    cluster = Plan.of(NODES).onMachines().region("40m").arguments("--heap", "128m").start();
    write(FOR_NEW);
    write(FOR_RESTARTED);
    written = System.nanoTime();
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  private static void write(List<String> keys) {
    Pipelined.send(cluster.client(A), keys.size(), i -> Pipelined.set(keys.get(i), "x"), "STORED");
    for (int i = 0; i < NODES; i++) {
      Survivors.awaitAll(cluster, i, keys);
    }
  }

  private static void awaitAge(long since, long millis) {
    Cluster.eventually(
        "the items to be " + millis + " ms old",
        () -> System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Keeps a node from all others, and waits until all have noticed. */
  private static void isolate() {
    cluster.hosts().isolate(C);
    cluster.client(C).set("noticed", "x"); // who has something to send notices at once
    for (int other : new int[] {A, B, D}) {
      awaitState(C, other, "down");
      if (cluster.node(other).process().isAlive()) {
        cluster.client(other).set("noticed", "x");
        awaitState(other, C, "down");
      }
    }
  }

  /** Removes items which a node misses, and lets all others forget it. */
  private static void isolateAndRemove(List<String> keys) {
    isolate();
    Pipelined.send(cluster.client(A), keys.size(), i -> "delete " + keys.get(i), "DELETED");
    Survivors.awaitNone(cluster, B, keys);
    Survivors.forget(cluster, A, B);
    assertThat(Survivors.count(cluster, C, keys)).isEqualTo(keys.size());
  }

  /** Heals the network but that the isolated node cannot call those who may know better. */
  private static void meetFirst(int first, int... others) {
    for (int other : others) {
      cluster.hosts().cutCalls(C, other, cluster.peerPort(other));
    }
    cluster.hosts().reconnect();
    awaitState(C, first, "live");
  }

  @Test
  void nodeThatMissedRemovals_givesNothingToANewNode() {
    awaitAge(written, OLD_MILLIS);
    cluster.kill(D);
    isolateAndRemove(FOR_NEW);
    cluster.restart(D);
    meetFirst(D, A, B);
    Survivors.awaitNone("forgotten, and a new node", cluster, FOR_NEW);
  }

  @Test
  void nodeThatMissedRemovals_givesNothingToARestartedNode() {
    awaitAge(written, OLD_MILLIS);
    isolateAndRemove(FOR_RESTARTED);
    cluster.kill(A);
    cluster.restart(A);
    meetFirst(A, B, D);
    Survivors.awaitNone("forgotten, and a restarted node", cluster, FOR_RESTARTED);
  }

  @Test
  void itemsWrittenJustBeforeTheCut_areNotKeptByWhoMissedTheirRemoval() {
    List<String> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int before : new int[] {5000, 3000, 1000, 100}) {
      awaitAge(start, 5000 - before);
      List<String> keys = Survivors.keys("before" + before + "-", ITEMS);
      write(keys);
      all.addAll(keys);
    }
    awaitAge(start, 5000);
    isolateAndRemove(all);
    cluster.hosts().heal();
    Survivors.awaitNone("written just before the cut", cluster, all);
  }

  @ParameterizedTest
  @EnumSource
  void olderWrite_doesNotOutliveANewerThatExpired(First first) {
    List<String> keys = Survivors.keys("expired-" + first, ITEMS);
    isolate();
    TextClient isolated = cluster.client(C);
    Pipelined.send(isolated, ITEMS, i -> Pipelined.set(keys.get(i), "old"), "STORED");
    awaitAge(System.nanoTime(), 300);
    Pipelined.send(cluster.client(A), ITEMS, i -> "set " + keys.get(i) + " 0 1 3\r\nnew", "STORED");
    assertThat(cluster.client(A).set("after", first.name())).isEqualTo("STORED");
    for (int node : new int[] {A, B, D}) {
      Cluster.eventually(
          "the writes to arrive", () -> first.name().equals(cluster.client(node).get("after")));
      Survivors.awaitNone(cluster, node, keys);
    }
    assertThat(Survivors.count(cluster, C, keys)).isEqualTo(ITEMS);
    heal(first);
    Survivors.awaitNone("the newer expired, first: " + first, cluster, keys);
  }

  /** Heals the network; who is to be first can connect to the others before these can to it. */
  private static void heal(First first) {
    for (int other : new int[] {A, B, D}) {
      int caller = first == First.THE_ISOLATED ? C : other;
      int called = first == First.THE_ISOLATED ? other : C;
      if (first != First.ANY) {
        cluster.hosts().cutCalls(called, caller, cluster.peerPort(caller));
      }
    }
    cluster.hosts().reconnect();
    for (int other : new int[] {A, B, D}) {
      if (first == First.THE_ISOLATED) {
        awaitState(C, other, "live");
      } else if (first == First.THE_OTHERS) {
        awaitState(other, C, "live");
      }
    }
    cluster.hosts().heal();
  }

  private static void awaitState(int node, int peer, String state) {
    Cluster.eventually(
        "node " + node + " to say that " + peer + " is " + state,
        () -> cluster.peer(node, peer, "state").equals(state));
  }
}
