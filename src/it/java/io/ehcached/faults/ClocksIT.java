package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One node's clock is five minutes ahead, another's five minutes behind. */
@Timeout(300)
class ClocksIT {
  private static final int AHEAD = 0;
  private static final int BEHIND = 1;
  private static final int RIGHT = 2;

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    Faketime faketime = Faketime.find();
    cluster =
        Plan.of(3)
            .environment(AHEAD, faketime.off("+300"))
            .environment(BEHIND, faketime.off("-300"))
            .start();
  }

  private static void write(int node, String key, String value) {
    assertThat(cluster.client(node).set(key, value)).isEqualTo("STORED");
    seenByAll(key, value);
  }

  private static void seenByAll(String key, String value) {
    for (TextClient client : cluster.clients()) {
      Cluster.eventually(key + " to be seen", () -> Objects.equals(client.get(key), value));
    }
  }

  @Test
  void clocksAreApart() {
    long ahead = Long.parseLong(cluster.client(AHEAD).stat("", "time"));
    long behind = Long.parseLong(cluster.client(BEHIND).stat("", "time"));
    assertThat(ahead - behind).isBetween(590L, 610L);
  }

  @Test
  void whoHasSeenAWrite_canReplaceIt() {
    write(AHEAD, "seen", "by the one ahead");
    write(BEHIND, "seen", "by the one behind");
    write(RIGHT, "seen", "by the right one");
    write(BEHIND, "seen", "by the one behind again");
    assertThat(cluster.client(RIGHT).ask("delete seen")).isEqualTo("DELETED");
    seenByAll("seen", null);
    write(BEHIND, "seen", "after the removal");
    write(AHEAD, "flushed", "x");
    assertThat(cluster.client(BEHIND).ask("flush_all")).isEqualTo("OK");
    seenByAll("flushed", null);
    write(BEHIND, "flushed", "after the flush");
    write(RIGHT, "flushed", "after the flush, too");
  }

  @Test
  void itemsExpireOnAllAtOneMoment() {
    assertThat(cluster.client(AHEAD).set("long", "x", 200)).isEqualTo("STORED");
    seenByAll("long", "x");
    Cluster.eventually( // on a busy machine it may be over before all were asked
        "all to hold what lives for three seconds",
        () -> {
          assertThat(cluster.client(BEHIND).set("short", "x", 3)).isEqualTo("STORED");
          Agreement.await("expiry", cluster, List.of("short"), System.nanoTime());
          return cluster.clients().stream().allMatch(client -> "x".equals(client.get("short")));
        });
    seenByAll("short", null);
    seenByAll("long", "x");
  }

  @Test
  void writesOnAllAtOnce_comeToTheSame() {
    History history = new History(); // which write is the newest, these clocks do not tell
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      loads.add(Load.start(cluster, i, history, "clocks", 1000, 1000, 4));
    }
    loads.forEach(load -> load.awaitMore(1000));
    cluster.suspend(BEHIND);
    loads.get(AHEAD).awaitMore(1000);
    cluster.resume(BEHIND);
    loads.forEach(Load::close);
    Agreement.await("clocks apart", cluster, history.keys(), System.nanoTime());
    cluster.kill(AHEAD);
    cluster.restart(AHEAD);
    Agreement.await("clocks apart, restarted", cluster, history.keys(), System.nanoTime());
  }
}
