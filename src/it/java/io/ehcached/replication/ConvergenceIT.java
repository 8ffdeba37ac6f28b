package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.store.Digests;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens to three nodes and the links between them, they come to hold the same once the
 * faults end: of each key the newest write, be it a value or a removal.
 */
class ConvergenceIT {
  private static final int NODES = 3;
  private static final int KEYS = 40;

  /** One thing that happens. */
  private interface Step {
    void run(TestCluster cluster, History history);
  }

  /** What the clients did so far. */
  private static final class History {
    long written;
  }

  private record SetTo(int node, int key) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      String value = "v" + ++history.written;
      cluster.node(node).set("k" + key, value);
    }
  }

  private record Delete(int node, int key) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      cluster.node(node).delete("k" + key);
    }
  }

  private record Burst(int node, int from) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      for (int i = from; i < from + 300; i++) {
        cluster.node(node).set("b" + i % 400, "v" + ++history.written);
      }
    }
  }

  private record Cut(int from, int to, boolean cut) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      if (from != to) {
        cluster.link(from, to).cut(cut);
      }
    }
  }

  private record Disturb(int from, int to, int calls, int answers, int repeats) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      if (from != to) {
        cluster.link(from, to).disturb(calls / 10.0, answers / 10.0, repeats / 10.0, 5);
      }
    }
  }

  private record Leave(int node, int peer) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      if (node != peer) {
        cluster.node(node).lose(cluster.node(peer));
        history.written++;
        cluster.node(node).set("k0", "left" + history.written);
        cluster.node(node).meetAgain(cluster.node(peer));
      }
    }
  }

  private record Restart(int node) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      cluster.restart(node);
    }
  }

  private record Flush(int node) implements Step {
    @Override
    public void run(TestCluster cluster, History history) {
      cluster.node(node).store.flush();
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> node = Arbitraries.integers().between(0, NODES - 1);
    Arbitrary<Integer> key = Arbitraries.integers().between(0, KEYS - 1);
    Arbitrary<Integer> tenths = Arbitraries.integers().between(0, 5);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(20, Combinators.combine(node, key).as(SetTo::new)),
            Tuple.of(8, Combinators.combine(node, key).as(Delete::new)),
            Tuple.of(3, Combinators.combine(node, key).as(Burst::new)),
            Tuple.of(4, Combinators.combine(node, node, Arbitraries.of(true, false)).as(Cut::new)),
            Tuple.of(4, Combinators.combine(node, node, tenths, tenths, tenths).as(Disturb::new)),
            Tuple.of(1, Combinators.combine(node, node).as(Leave::new)),
            Tuple.of(1, node.map(Restart::new)),
            Tuple.of(1, node.map(Flush::new)));
    return step.list().ofMinSize(5).ofMaxSize(80);
  }

  @Property(tries = 25)
  void nodesConverge_whateverFaultsTheyHad(@ForAll("histories") List<Step> steps) {
    ReplicationSettings settings =
        TestCluster.SETTINGS.keeping(
            new ReplicationSettings.Repair(100, 150, 10_000, 600_000, Digests.SLICES));
    try (TestCluster cluster = new TestCluster(NODES, settings, steps.size())) {
      History history = new History();
      for (Step step : steps) {
        step.run(cluster, history);
      }
      cluster.heal();
      cluster.awaitConvergence();
    }
  }

  @Property(tries = 15)
  void lastWriteOfEachKeyStands_thoughOneNodeAloneHadIt(@ForAll long seed) {
    Random random = new Random(seed);
    try (TestCluster cluster = new TestCluster(NODES, TestCluster.SETTINGS, seed)) {
      cluster.links(
          link ->
              link.disturb(
                  random.nextDouble() / 2, random.nextDouble() / 2, 0.3, random.nextInt(5)));
      TreeMap<String, String> expected = new TreeMap<>();
      for (int i = 0; i < 400; i++) {
        // One node writes each key, so that what it wrote last is what all must come to hold.
        int key = random.nextInt(60);
        TestNode writer = cluster.node(key % NODES);
        if (random.nextInt(4) == 0) {
          writer.delete("k" + key);
          expected.remove("k" + key);
        } else {
          writer.set("k" + key, "v" + i);
          expected.put("k" + key, "v" + i);
        }
      }
      cluster.heal();
      cluster.awaitConvergence();
      for (TestNode node : cluster.nodes) {
        assertThat(node.contents().keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, value) -> assertThat(node.get(key)).isEqualTo(value));
      }
    }
  }
}
