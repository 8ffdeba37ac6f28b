package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.watch.LogKind;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.Wire;
import io.ehcached.store.TestRegion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestObserverTest {
  /** Watches what {@code work} does, and returns the lines from their type on. */
  private static List<String> watch(TestNode node, LogKind kind, int count, Runnable work)
      throws InterruptedException {
    Stream stream = node.monitoring.log().watch(EnumSet.of(kind));
    work.run();
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      for (Stream.Line line : Parts.next(stream).lines()) {
        String text = ((Stream.LogLine) line).text();
        lines.add(text.substring(text.indexOf("type=")));
      }
    }
    stream.close();
    return lines;
  }

  @Test
  void fetchers_tellWhyAnItemWasNotFound() throws InterruptedException {
    try (TestNode node = new TestNode()) {
      node.set("flushed", "v");
      node.region.store.flush();
      node.set("k", "value");
      node.set("dead", "v", -1);

      List<String> lines =
          watch(
              node,
              LogKind.FETCHERS,
              8,
              () -> {
                node.get("k");
                node.get("none");
                node.get("dead");
                node.get("flushed");
                node.run(TestNode.request(Command.GET_AND_TOUCH, "k"));
                node.run(TestNode.request(Command.TOUCH, "none"));
                node.set("k", "a change looks first");
                node.run(TestNode.request(Command.DELETE, "none"));
              });

      assertThat(lines)
          .containsExactly(
              "type=item_get key=k status=found clsid=1 cfd=0 size=5",
              "type=item_get key=none status=not_found clsid=0 cfd=0 size=0",
              "type=item_get key=dead status=expired clsid=0 cfd=0 size=0",
              "type=item_get key=flushed status=flushed clsid=0 cfd=0 size=0",
              "type=item_get key=k status=found clsid=1 cfd=0 size=5",
              "type=item_get key=none status=not_found clsid=0 cfd=0 size=0",
              "type=item_get key=k status=found clsid=1 cfd=0 size=5",
              "type=item_get key=none status=not_found clsid=0 cfd=0 size=0");
    }
  }

  @Test
  void mutations_tellWhatBecameOfAValue() throws InterruptedException {
    try (TestNode node = new TestNode()) {
      List<String> lines =
          watch(
              node,
              LogKind.MUTATIONS,
              6,
              () -> {
                node.set("k", "abc", 100);
                node.run(TestNode.request(Command.APPEND, "k", "d"));
                node.run(TestNode.request(Command.ADD, "k", "x"));
                node.run(TestNode.request(Command.REPLACE, "none", "x"));
                node.run(TestNode.request(Command.SET, "k", "xy").compareCas(1));
                node.run(TestNode.request(Command.SET, "big").error(Status.TOO_LARGE));
              });

      assertThat(lines)
          .containsExactly(
              "type=item_store key=k status=stored cmd=set ttl=100 clsid=1 cfd=0 size=3",
              "type=item_store key=k status=stored cmd=append ttl=100 clsid=1 cfd=0 size=4",
              "type=item_store key=k status=not_stored cmd=add ttl=0 clsid=1 cfd=0 size=1",
              "type=item_store key=none status=not_stored cmd=replace ttl=0 clsid=1 cfd=0 size=1",
              "type=item_store key=k status=exists cmd=cas ttl=0 clsid=1 cfd=0 size=2",
              "type=item_store key=big status=too_large cmd=set ttl=0 clsid=0 cfd=0 size=0");
    }
  }

  @Test
  void deletions_areOfItemsThatAreGone() throws InterruptedException {
    try (TestNode node = new TestNode()) {
      node.set("a", "four");
      node.set("b", "four4");
      node.set("stale", "v");

      List<String> lines =
          watch(
              node,
              LogKind.DELETIONS,
              2,
              () -> {
                node.run(TestNode.request(Command.DELETE, "none"));
                node.run(TestNode.request(Command.DELETE, "stale").with(Option.INVALIDATE));
                node.run(TestNode.request(Command.DELETE, "a"));
                Request meta = TestNode.request(Command.DELETE, "b");
                node.run(meta.wire(Wire.META));
              });

      assertThat(lines)
          .containsExactly(
              "type=deleted key=a cmd=delete clsid=1 size=4",
              "type=deleted key=b cmd=md clsid=1 size=5");
    }
  }

  @Test
  void evictions_areTold() throws InterruptedException {
    TestRegion region = TestRegion.with(config -> config.maxEntriesLocalHeap(100).eternal(true));
    try (TestNode node = new TestNode(region)) {
      List<String> lines =
          watch(
              node,
              LogKind.EVICTIONS,
              1,
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  node.set("k" + i, "value");
                }
              });

      assertThat(lines.get(0))
          .matches("type=eviction key=k[0-9]+ fetch=no ttl=-1 la=0 clsid=1 size=5");
      assertThat(region.store.counts().evicted()).isGreaterThan(500);
    }
  }
}
