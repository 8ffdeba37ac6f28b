package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Digests;
import io.ehcached.store.History;
import io.ehcached.store.Ledger;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import io.ehcached.store.TestRegion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
  /** A cluster that does what the test says, when the test says so. */
  private static final class TestCluster implements Cluster {
    boolean synchronous;
    boolean copying;
    final List<Key> fetched = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();

    @Override
    public boolean isSynchronous() {
      return synchronous;
    }

    @Override
    public void whenReplicated(Runnable done) {
      waiting.add(done);
    }

    @Override
    public boolean isCopying() {
      return copying;
    }

    @Override
    public void fetch(List<Key> keys, Runnable done) {
      fetched.addAll(keys);
      waiting.add(done);
    }

    void goOn() {
      List<Runnable> now = List.copyOf(waiting);
      waiting.clear();
      now.forEach(Runnable::run);
    }
  }

  private final TestCluster cluster = new TestCluster();
  private final List<Response> answers = new ArrayList<>();
  private TestNode node;

  private void start() {
    node = new TestNode(TestRegion.eternal(), cluster);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void ask(Request... requests) {
    List<Request> batch = new ArrayList<>(List.of(requests));
    node.executor.executeBatch(batch, (request, response) -> answers.add(response));
    batch.clear(); // as the connection does, which uses its list again
  }

  private void put(String key) {
    Key name = Key.of(key);
    node.region.store.change(name, name, (old, k) -> new StoredItem(k, new byte[] {'1'}, 0, 0));
  }

  @Test
  void synchronousWrite_isAnsweredOnceItIsReplicated() {
    cluster.synchronous = true;
    start();
    ask(request(Command.SET, "a", "1"), request(Command.GET, "a"));
    assertThat(answers).isEmpty();
    cluster.goOn();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).item()).isNotNull();
  }

  @Test
  void synchronousRead_isAnsweredAtOnce() {
    cluster.synchronous = true;
    start();
    ask(request(Command.GET, "a"));
    assertThat(answers).hasSize(1);
  }

  @Test
  void synchronousWin_isAnsweredOnceItIsReplicated_andOtherReadsAtOnce() {
    cluster.synchronous = true;
    start();
    put("stale");
    ask(request(Command.DELETE, "stale").with(Option.INVALIDATE));
    cluster.goOn();
    answers.clear();

    Request fetch = request(Command.GET, "stale").with(Option.MAY_WIN);
    ask(fetch);
    assertThat(answers).isEmpty();
    cluster.goOn();
    assertThat(answers.get(0).state().won()).isTrue();
    ask(fetch);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).state().alreadyWon()).isTrue();
  }

  @Test
  void missWhileCopying_isAskedOfAnotherNode_andTheBatchWaits() {
    cluster.copying = true;
    start();
    put("there");
    ask(
        request(Command.GET, "there"),
        request(Command.GET, "elsewhere"),
        request(Command.INCREMENT, "number").delta(1),
        request(Command.SET, "set", "1"));
    assertThat(answers).isEmpty();
    assertThat(cluster.fetched).containsExactly(Key.of("elsewhere"), Key.of("number"));
    put("elsewhere");
    put("number");
    cluster.goOn();
    assertThat(answers).hasSize(4).allMatch(answer -> answer.status() == Status.OK);
    assertThat(answers.get(2).number()).isEqualTo(2);
  }

  @Test
  void hitWhileCopying_andMissAfterwards_areAnsweredAtOnce() {
    cluster.copying = true;
    start();
    put("there");
    ask(request(Command.GET, "there"));
    assertThat(answers).hasSize(1);
    cluster.copying = false;
    ask(request(Command.GET, "elsewhere"));
    assertThat(answers).hasSize(2);
    assertThat(cluster.fetched).isEmpty();
  }

  @Test
  void deleteThatFindsNothing_isTold_sinceAnotherNodeMayHoldTheItem() {
    start();
    List<String> told = new ArrayList<>();
    Store store = node.region.store;
    store.keep(
        new Ledger(
            node.region.clock,
            new History(store.clock(), 1),
            10,
            1000,
            Digests.SLICES,
            (key, stamp, kind) -> told.add(key + " " + kind)));
    ask(request(Command.DELETE, "a"));
    assertThat(answers.get(0).status()).isEqualTo(Status.NOT_FOUND);
    assertThat(told).containsExactly("a REMOVAL");
    ask(request(Command.DELETE, "a").with(Option.INVALIDATE));
    ask(request(Command.DELETE, "a").with(Option.REMOVE_VALUE));
    assertThat(told).as("neither is to remove anything").hasSize(1);
  }
}
