import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Locator;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;

/** Spymemcached: text and binary protocol. */
final class UseSpymemcached {
  private static Acceptance t;

  private static MemcachedClient connect(String... nodes) throws IOException {
    return new MemcachedClient(
        new ConnectionFactoryBuilder()
            .setProtocol(t.binary ? Protocol.BINARY : Protocol.TEXT)
            .setOpTimeout(30_000)
            .setMaxReconnectDelay(1)
            .setFailureMode(FailureMode.Redistribute)
            .setLocatorType(Locator.CONSISTENT)
            .build(),
        Arrays.stream(nodes).map(Acceptance::address).toList());
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
    t = new Acceptance(UseSpymemcached.class, arguments);
    MemcachedClient one = connect(t.one);
    MemcachedClient two = connect(t.two);

    Acceptance.check("set that expires", one.set(t.key("short"), 1, "x").get(), true);

    Map<String, Object> values =
        Map.of(
            "object",
            List.of("Grüße", 2.5, Map.of("a", 1L)),
            "text",
            "☃ snow",
            "long",
            4711L,
            "true",
            true,
            "bytes",
            new byte[] {0, -1, 13, 10},
            "empty",
            "",
            "compressed",
            "abc".repeat(1_700_000));
    for (Map.Entry<String, Object> value : values.entrySet()) {
      String key = t.key(value.getKey());
      Acceptance.check("set of " + value.getKey(), one.set(key, 0, value.getValue()).get(), true);
      Acceptance.check("get of " + value.getKey(), one.get(key), value.getValue());
      Acceptance.eventually("get of it on node two", value.getValue(), () -> two.get(key));
    }
    Acceptance.check("get of a key that is not there", one.get(t.key("absent")), null);

    Map<String, Object> many =
        IntStream.range(0, 3000).boxed().collect(toMap(i -> t.key("many" + i), i -> "value " + i));
    for (Map.Entry<String, Object> item : many.entrySet()) {
      one.set(item.getKey(), 0, item.getValue());
    }
    Acceptance.check("getBulk of 3000", one.getBulk(many.keySet()), many);

    Acceptance.check("add where there is one", one.add(t.key("text"), 0, "other").get(), false);
    Acceptance.check("add", one.add(t.key("added"), 0, "b").get(), true);
    Acceptance.check(
        "replace where there is none", one.replace(t.key("absent"), 0, "x").get(), false);
    Acceptance.check("replace", one.replace(t.key("added"), 0, "c").get(), true);
    Acceptance.check("append", one.append(t.key("added"), "d").get(), true);
    Acceptance.check("prepend", one.prepend(t.key("added"), "b").get(), true);
    Acceptance.check("get of all that", one.get(t.key("added")), "bcd");
    Acceptance.check("append where there is none", one.append(t.key("absent"), "x").get(), false);

    CASValue<Object> seen = one.gets(t.key("added"));
    Acceptance.check("gets", seen.getValue(), "bcd");
    Acceptance.check(
        "cas that wins", one.cas(t.key("added"), seen.getCas(), "won"), CASResponse.OK);
    Acceptance.check(
        "cas that loses", one.cas(t.key("added"), seen.getCas(), "x"), CASResponse.EXISTS);
    Acceptance.check(
        "cas where there is none", one.cas(t.key("no"), 1, "x"), CASResponse.NOT_FOUND);
    Acceptance.check("get after them", one.get(t.key("added")), "won");

    Acceptance.check("incr with an initial value", one.incr(t.key("number"), 5, 10), 10L);
    Acceptance.check("incr", one.incr(t.key("number"), 5), 15L);
    Acceptance.check("decr below 0", one.decr(t.key("number"), 100), 0L);
    Acceptance.check("incr where there is none", one.incr(t.key("absent"), 1), -1L);

    Acceptance.check("touch", one.touch(t.key("text"), 10_000).get(), true);
    Acceptance.check("touch where there is none", one.touch(t.key("absent"), 10_000).get(), false);
    if (t.binary) { // in the text protocol, spymemcached has no gat
      Acceptance.check("gat", one.getAndTouch(t.key("text"), 20_000).getValue(), "☃ snow");
      Acceptance.check("gat where there is none", one.getAndTouch(t.key("absent"), 20_000), null);
    }
    Acceptance.check("delete", one.delete(t.key("added")).get(), true);
    Acceptance.check("delete where there is none", one.delete(t.key("added")).get(), false);

    byte[] large = Acceptance.random(900_000);
    Acceptance.check("set of 900 kB", one.set(t.key("large"), 0, large).get(), true);
    Acceptance.check("get of 900 kB", one.get(t.key("large")), large);
    byte[] larger = Acceptance.random(1 << 20);
    Acceptance.check(
        "set of 1 MB", one.set(t.key("large"), 0, larger).getStatus().isSuccess(), false);
    Acceptance.check("get after that", one.get(t.key("large")), null);

    for (String name :
        List.of("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "Schlüssel", "l".repeat(200))) {
      Acceptance.check("set of the key " + name, one.set(t.key(name), 0, name).get(), true);
      Acceptance.check("get of it", one.get(t.key(name)), name);
    }

    Acceptance.eventually("delete on node two", null, () -> two.get(t.key("added")));
    Acceptance.eventually(
        "the same cas unique on both",
        one.gets(t.key("text")).getCas(),
        () -> two.gets(t.key("text")).getCas());
    long unique = one.gets(t.key("text")).getCas();
    Acceptance.check(
        "cas of node one's unique on node two",
        two.cas(t.key("text"), unique, "from two"),
        CASResponse.OK);
    Acceptance.eventually("it on node one", "from two", () -> one.get(t.key("text")));

    Acceptance.check("version", one.getVersions().values().toString().contains("1.6."), true);
    Map<String, String> stats = one.getStats().values().iterator().next();
    Acceptance.check(
        "stats", stats.keySet().containsAll(List.of("pid", "curr_items", "cmd_get")), true);
    Map<String, String> settings = one.getStats("settings").values().iterator().next();
    Acceptance.check("stats settings", settings.get("maxconns"), "1024");

    Acceptance.eventually("set that expires is gone", null, () -> one.get(t.key("short")));

    MemcachedClient both = connect(t.one, t.two);
    for (int i = 0; i < 20; i++) {
      String key = t.key("ring" + i);
      Acceptance.check("set " + i + " by ketama", both.set(key, 0, i).get(), true);
      Acceptance.eventually("get on node one", i, () -> one.get(key));
      Acceptance.eventually("get on node two", i, () -> two.get(key));
    }

    t.ask("restart");
    Acceptance.eventually(
        "set after the restart", true, () -> one.set(t.key("after"), 0, "x").get());
    Acceptance.check("get after the restart", one.get(t.key("after")), "x");
    if (t.cluster) {
      Acceptance.check("what was there before", one.get(t.key("object")), values.get("object"));
      for (int i = 0; i < 20; i++) {
        String key = t.key("ring" + i);
        Acceptance.eventually("get " + i + " by ketama", i, () -> both.get(key));
      }
    }

    t.ask("flush");
    Acceptance.check("set before flush", one.set(t.key("flushed"), 0, "x").get(), true);
    Acceptance.check("flush", one.flush().get(), true);
    Acceptance.check("get after flush", one.get(t.key("flushed")), null);
    Acceptance.eventually("on node two as well", null, () -> two.get(t.key("after")));
    System.exit(0);
  }
}
