package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.admin.Counter;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.Stream.ItemLine;
import io.ehcached.protocol.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlerCommandsTest {
  @AutoClose private final TestNode node = new TestNode();

  private static Request line(String words) {
    String[] all = words.split(" ", -1);
    Command command =
        switch (all[0]) {
          case "stats" -> Command.STATS;
          case "lru_crawler" -> Command.LRU_CRAWLER;
          case "watch" -> Command.WATCH;
          case "config" -> Command.CONFIG;
          default -> throw new IllegalArgumentException(words);
        };
    return Request.of(command).arguments(List.of(all).subList(1, all.length));
  }

  private Response run(String words) {
    return node.run(line(words));
  }

  private List<Stream.Line> list(String words) throws InterruptedException {
    return Parts.all(run(words).stream());
  }

  @Test
  void metadump_tellsWhatIsKnownOfEachItem() throws InterruptedException {
    node.set("a:b", "value", 100);
    node.set("other", "v");
    node.get("other");

    long now = node.region.clock.getAsLong() / 1000;
    List<Stream.Line> lines = list("lru_crawler metadump all");

    assertThat(lines).hasSize(2);
    ItemLine mortal = (ItemLine) lines.get(isOf(lines.get(0), "a:b") ? 0 : 1);
    ItemLine other = (ItemLine) lines.get(isOf(lines.get(0), "a:b") ? 1 : 0);
    assertThat(mortal.valueLength()).isEqualTo(5);
    assertThat(mortal.expires()).isEqualTo(now + 100);
    assertThat(mortal.fetched()).isFalse();
    assertThat(mortal.cas()).isEqualTo(node.item("a:b").cas());
    assertThat(mortal.size()).isGreaterThan(5);
    assertThat(other.expires()).isEqualTo(ItemState.FOREVER);
    assertThat(other.fetched()).isTrue();
  }

  private static boolean isOf(Stream.Line line, String key) {
    return ((ItemLine) line).key().equals(Key.of(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lru_crawler metadump", "lru_crawler mgdump"})
  void lists_areOfTheOnlyClassThereIs(String dump) throws InterruptedException {
    node.set("a", "v");

    assertThat(list(dump + " hash")).hasSize(1);
    assertThat(list(dump + " 1")).hasSize(1);
    assertThat(list(dump + " 5,1")).hasSize(1);
    assertThat(list(dump + " 2,3")).isEmpty();
    for (String bad : List.of("0", "64", "x", "1,", "")) {
      assertThat(run(dump + " " + bad).text()).isEqualTo("BADCLASS invalid class id");
    }
  }

  @Test
  void cachedump_listsNoMoreThanAskedFor() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      node.set("k" + i, "v");
    }

    assertThat(list("stats cachedump 1 0")).hasSize(20);
    assertThat(list("stats cachedump 1 7")).hasSize(7);
    assertThat(list("stats cachedump 2 7")).isEmpty();
    assertThat(run("stats cachedump 1").text()).isEqualTo("bad command line");
    assertThat(run("stats cachedump 64 1").text()).isEqualTo("Illegal slab id");
    assertThat(run("stats cachedump 1 x").status()).isEqualTo(Status.BAD_FORMAT);
    assertThat(node.run(line("stats cachedump 1 0").wire(Wire.BINARY)).status())
        .isEqualTo(Status.UNKNOWN_COMMAND);
  }

  @Test
  void largeList_comesInParts() throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      node.set("key" + i, "v");
    }
    Stream stream = run("lru_crawler metadump all").stream();

    Stream.Part first = Parts.next(stream);

    assertThat(first.isLast()).isFalse();
    assertThat(first.lines()).hasSizeBetween(300, 1_000);
    assertThat(first.lines().size() + Parts.all(stream).size()).isEqualTo(3_000);
  }

  @Test
  void listsTooMany_areBusy_untilOneIsOver() throws InterruptedException {
    List<Stream> open = new ArrayList<>();
    Response response = run("lru_crawler metadump all");
    while (response.stream() != null) {
      open.add(response.stream());
      response = run("lru_crawler mgdump all");
    }

    assertThat(open).hasSize(4);
    assertThat(response.text()).isEqualTo("BUSY currently processing crawler request");
    assertThat(run("stats cachedump 1 1").status()).isEqualTo(Status.SERVER_ERROR);

    open.get(0).close();
    open.get(0).close(); // a second time, which frees no second place
    assertThat(list("lru_crawler metadump all")).isEmpty();
    Stream again = run("lru_crawler metadump all").stream();
    assertThat(again).isNotNull();
    assertThat(run("lru_crawler metadump all").stream()).isNull();
  }

  @Test
  void listsForbidden_areRefusedInMemcachedsWords() {
    node.control.dumpAllowed = false;

    assertThat(run("lru_crawler metadump all").text()).isEqualTo("ERROR metadump not allowed");
    assertThat(run("lru_crawler mgdump all").text()).isEqualTo("ERROR key dump not allowed");
    assertThat(run("stats cachedump 1 1").text()).isEqualTo("stats cachedump not allowed");
    assertThat(run("stats detail on").text()).isEqualTo("stats detail not allowed");
    assertThat(run("stats cachedump 1 1").status()).isEqualTo(Status.NOT_ALLOWED);
  }

  @Test
  void crawl_givesBackTheMemoryOfTheDead() {
    node.set("dead", "v", -1);
    assertThat(node.region.store.size()).isEqualTo(1);

    assertThat(run("lru_crawler crawl all").status()).isEqualTo(Status.OK);

    await().until(() -> node.region.store.size() == 0);
    assertThat(node.region.store.counts().reclaimed()).isEqualTo(1);
  }

  @Test
  void sizes_areCountedWhereThatIsSwitchedOn() throws InterruptedException {
    Stat off = new Stat("sizes_status", "disabled");
    node.set("a", "v");
    node.set("b", "v");
    node.set("c", "v".repeat(500));

    assertThat(run("stats sizes").stats()).containsExactly(off);
    assertThat(run("stats sizes_enable").stats())
        .containsExactly(new Stat("sizes_status", "enabled"));
    long small = (node.region.store.peek(Key.of("a")).size() + 31) / 32 * 32;
    long large = (node.region.store.peek(Key.of("c")).size() + 31) / 32 * 32;
    assertThat(list("stats sizes"))
        .containsExactly(
            new Stream.StatLine(Stat.of(Long.toString(small), 2)),
            new Stream.StatLine(Stat.of(Long.toString(large), 1)));
    assertThat(run("stats sizes_disable").stats()).containsExactly(off);
  }

  @Test
  void detail_countsByPrefix_whileOn() throws InterruptedException {
    node.set("a:1", "v");
    assertThat(list("stats detail dump")).isEmpty();

    assertThat(run("stats detail on").text()).isEqualTo("OK");
    node.set("a:1", "v");
    node.get("a:1");
    node.get("a:none");
    node.run(TestNode.request(Command.DELETE, "a:1"));
    run("stats detail off");
    node.get("a:1");

    assertThat(list("stats detail dump"))
        .containsExactly(new Stream.TextLine("PREFIX a get 2 hit 1 set 1 del 1"));
    assertThat(run("stats detail").text()).isEqualTo("usage: stats detail on|off|dump");
    run("stats reset");
    assertThat(list("stats detail dump")).isEmpty();
  }

  @Test
  void watch_takesMemcachedsNames() {
    assertThat(run("watch nothing").status()).isEqualTo(Status.UNKNOWN_COMMAND);
    Stream stream =
        run("watch fetchers mutations evictions connevents deletions sysevents").stream();
    assertThat(stream).isNotNull();
    stream.close();
    node.control.watchAllowed = false;
    assertThat(run("watch").text()).isEqualTo("watch commands not allowed");
    assertThat(run("watch").status()).isEqualTo(Status.NOT_ALLOWED);
  }

  @Test
  void watchers_areOnlySoMany() {
    List<Stream> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      open.add(run("watch").stream());
    }

    assertThat(open).doesNotContainNull();
    assertThat(run("watch").text()).isEqualTo("WATCHER_TOO_MANY log watcher limit reached");
    open.forEach(Stream::close);
  }

  @Test
  void config_namesTheNodes() {
    String nodes = "7\n127.0.0.1|127.0.0.1|11211\n";

    assertThat(run("config get cluster").text()).isEqualTo(nodes);
    assertThat(run("config get other").status()).isEqualTo(Status.OK);
    assertThat(run("config get other").text()).isNull();
    assertThat(run("config set cluster").status()).isEqualTo(Status.UNKNOWN_COMMAND);
    assertThat(node.get("AmazonElastiCache:cluster")).isEqualTo(nodes);
    assertThat(node.count(Counter.GET_MISSES)).isEqualTo(1);
    node.set("AmazonElastiCache:cluster", "own");
    assertThat(node.get("AmazonElastiCache:cluster")).isEqualTo("own");
  }
}
