import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.rubyeye.xmemcached.CASOperation;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;

/** Xmemcached: text and binary protocol. */
final class UseXmemcached {
  private static Acceptance t;

  private static MemcachedClient connect(String... nodes) throws IOException {
    XMemcachedClientBuilder builder =
        new XMemcachedClientBuilder(Arrays.stream(nodes).map(Acceptance::address).toList());
    builder.setCommandFactory(t.binary ? new BinaryCommandFactory() : new TextCommandFactory());
    builder.setSessionLocator(new KetamaMemcachedSessionLocator());
    builder.setOpTimeout(30_000);
    builder.setConnectTimeout(30_000);
    builder.setHealSessionInterval(50);
    return builder.build();
  }

  public static void main(String[] arguments) throws Exception {
    t = new Acceptance(UseXmemcached.class, arguments);
    MemcachedClient one = connect(t.one);
    MemcachedClient two = connect(t.two);

    Acceptance.check("set that expires", one.set(t.key("short"), 1, "x"), true);

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
      Acceptance.check("set of " + value.getKey(), one.set(key, 0, value.getValue()), true);
      Acceptance.check("get of " + value.getKey(), one.get(key), value.getValue());
      Acceptance.eventually("get of it on node two", value.getValue(), () -> two.get(key));
    }
    Acceptance.check("get of a key that is not there", one.get(t.key("absent")), null);

    Map<String, Object> many =
        IntStream.range(0, 500).boxed().collect(toMap(i -> t.key("many" + i), i -> "value " + i));
    for (Map.Entry<String, Object> item : many.entrySet()) {
      one.setWithNoReply(item.getKey(), 0, item.getValue());
    }
    Acceptance.check("get of 500 that were set without replies", one.get(many.keySet()), many);
    Acceptance.check("gets of 500", one.gets(many.keySet()).size(), 500);

    Acceptance.check("add where there is one", one.add(t.key("text"), 0, "other"), false);
    Acceptance.check("add", one.add(t.key("added"), 0, "b"), true);
    Acceptance.check("replace where there is none", one.replace(t.key("absent"), 0, "x"), false);
    Acceptance.check("replace", one.replace(t.key("added"), 0, "c"), true);
    Acceptance.check("append", one.append(t.key("added"), "d"), true);
    Acceptance.check("prepend", one.prepend(t.key("added"), "b"), true);
    Acceptance.check("get of all that", one.get(t.key("added")), "bcd");
    Acceptance.check("append where there is none", one.append(t.key("absent"), "x"), false);

    GetsResponse<String> seen = one.gets(t.key("added"));
    Acceptance.check("gets", seen.getValue(), "bcd");
    Acceptance.check("cas that wins", one.cas(t.key("added"), 0, "won", seen.getCas()), true);
    Acceptance.check("cas that loses", one.cas(t.key("added"), 0, "lost", seen.getCas()), false);
    Acceptance.check("get after them", one.get(t.key("added")), "won");
    CASOperation<String> again =
        new CASOperation<>() {
          @Override
          public int getMaxTries() {
            return 10;
          }

          @Override
          public String getNewValue(long unique, String value) {
            return value + " again";
          }
        };
    Acceptance.check("cas by an operation", one.cas(t.key("added"), again), true);
    Acceptance.check("get after it", one.get(t.key("added")), "won again");

    Acceptance.check("incr with an initial value", one.incr(t.key("number"), 5, 10), 10L);
    Acceptance.check("incr", one.incr(t.key("number"), 5), 15L);
    Acceptance.check("decr below 0", one.decr(t.key("number"), 100), 0L);
    Acceptance.refused("incr of text", () -> one.incr(t.key("added"), 1) > 0);
    Acceptance.check("a counter", one.getCounter(t.key("counter"), 3).addAndGet(4), 7L);

    Acceptance.check("touch", one.touch(t.key("text"), 10_000), true);
    Acceptance.check("touch where there is none", one.touch(t.key("absent"), 10_000), false);
    if (t.binary) { // in the text protocol, xmemcached has no gat
      Acceptance.check("gat", one.getAndTouch(t.key("text"), 20_000), "☃ snow");
      Acceptance.check("gat where there is none", one.getAndTouch(t.key("absent"), 20_000), null);
    }
    Acceptance.check("delete", one.delete(t.key("added")), true);
    Acceptance.check("delete where there is none", one.delete(t.key("added")), false);

    byte[] large = Acceptance.random(900_000);
    Acceptance.check("set of 900 kB", one.set(t.key("large"), 0, large), true);
    Acceptance.check("get of 900 kB", one.get(t.key("large")), large);
    Acceptance.refused(
        "set of over 1 MB", () -> one.set(t.key("x"), 0, Acceptance.random(1_100_000)));

    for (String name :
        List.of("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "Schlüssel", "l".repeat(200))) {
      Acceptance.check("set of the key " + name, one.set(t.key(name), 0, name), true);
      Acceptance.check("get of it", one.get(t.key(name)), name);
    }

    Acceptance.eventually("delete on node two", null, () -> two.get(t.key("added")));
    long unique = one.gets(t.key("text")).getCas();
    Acceptance.eventually(
        "the same cas unique on both", unique, () -> two.gets(t.key("text")).getCas());
    Acceptance.check("cas of it on node two", two.cas(t.key("text"), 0, "from two", unique), true);
    Acceptance.eventually("it on node one", "from two", () -> one.get(t.key("text")));

    Acceptance.check("version", one.getVersions().values().toString().contains("1.6."), true);
    Map<String, String> stats = one.getStats().values().iterator().next();
    Acceptance.check(
        "stats", stats.keySet().containsAll(List.of("pid", "curr_items", "cmd_get")), true);
    Map<String, String> settings = one.getStatsByItem("settings").values().iterator().next();
    Acceptance.check("stats settings", settings.get("maxconns"), "1024");

    Acceptance.eventually("set that expires is gone", null, () -> one.get(t.key("short")));

    MemcachedClient both = connect(t.one, t.two);
    for (int i = 0; i < 20; i++) {
      String key = t.key("ring" + i);
      Acceptance.check("set " + i + " by ketama", both.set(key, 0, i), true);
      Acceptance.eventually("get on node one", i, () -> one.get(key));
      Acceptance.eventually("get on node two", i, () -> two.get(key));
    }

    t.ask("restart");
    Acceptance.eventually("set after the restart", true, () -> one.set(t.key("after"), 0, "x"));
    Acceptance.check("get after the restart", one.get(t.key("after")), "x");
    if (t.cluster) {
      Acceptance.check("what was there before", one.get(t.key("object")), values.get("object"));
      for (int i = 0; i < 20; i++) {
        String key = t.key("ring" + i);
        Acceptance.eventually("get " + i + " by ketama", i, () -> both.get(key));
      }
    }

    t.ask("flush");
    Acceptance.check("set before flush", one.set(t.key("flushed"), 0, "x"), true);
    one.flushAll();
    Acceptance.check("get after flushAll", one.get(t.key("flushed")), null);
    Acceptance.eventually("on node two as well", null, () -> two.get(t.key("after")));
    System.exit(0);
  }
}
