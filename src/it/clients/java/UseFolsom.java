import static java.util.concurrent.TimeUnit.SECONDS;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.BinaryMemcacheClient;
import com.spotify.folsom.ConnectFuture;
import com.spotify.folsom.GetResult;
import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Folsom: text and binary protocol. */
final class UseFolsom {
  private static Acceptance t;

  private static <V> MemcacheClient<V> connect(MemcacheClientBuilder<V> builder, String... nodes)
      throws Exception {
    for (String node : nodes) {
      builder.withAddress(
          Acceptance.address(node).getHostString(), Acceptance.address(node).getPort());
    }
    builder.withRequestTimeoutMillis(30_000).withConnectionTimeoutMillis(30_000);
    builder.withBackoff(attempts -> 50);
    MemcacheClient<V> client = t.binary ? builder.connectBinary() : builder.connectAscii();
    ConnectFuture.connectFuture(client).toCompletableFuture().get(30, SECONDS);
    return client;
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }

  private static void status(
      String what, CompletionStage<MemcacheStatus> stage, MemcacheStatus expected)
      throws Exception {
    Acceptance.check(what, get(stage), expected);
  }

  public static void main(String[] arguments) throws Exception {
    t = new Acceptance(UseFolsom.class, arguments);
    MemcacheClient<String> one = connect(MemcacheClientBuilder.newStringClient(), t.one);
    MemcacheClient<String> two = connect(MemcacheClientBuilder.newStringClient(), t.two);
    MemcacheStatus ok = MemcacheStatus.OK;

    status("set that expires", one.set(t.key("short"), "x", 1), ok);

    for (Map.Entry<String, String> value :
        Map.of("text", "☃ snow", "lines", "a\r\nEND\r\n", "empty", "").entrySet()) {
      String key = t.key(value.getKey());
      status("set of " + value.getKey(), one.set(key, value.getValue(), 0), ok);
      Acceptance.check("get of " + value.getKey(), get(one.get(key)), value.getValue());
      Acceptance.eventually("get of it on node two", value.getValue(), () -> get(two.get(key)));
    }
    Acceptance.check("get of a key that is not there", get(one.get(t.key("absent"))), null);

    MemcacheClient<ArrayList<Object>> objects =
        connect(MemcacheClientBuilder.<ArrayList<Object>>newSerializableObjectClient(), t.one);
    ArrayList<Object> thing = new ArrayList<>(List.of("Grüße", 2.5, Map.of("a", 1L)));
    status("set of an object", objects.set(t.key("object"), thing, 0), ok);
    Acceptance.check("get of an object", get(objects.get(t.key("object"))), thing);

    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<CompletionStage<MemcacheStatus>> stages = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add(t.key("many" + i));
      values.add("value " + i);
      stages.add(one.set(keys.get(i), values.get(i), 0));
    }
    for (CompletionStage<MemcacheStatus> stage : stages) {
      if (get(stage) != ok) {
        status("500 sets at once", stage, ok);
      }
    }
    Acceptance.check("get of 500", get(one.get(keys)), values);

    status(
        "add where there is one", one.add(t.key("text"), "x", 0), MemcacheStatus.ITEM_NOT_STORED);
    status("add", one.add(t.key("added"), "b", 0), ok);
    status(
        "replace where there is none",
        one.replace(t.key("absent"), "x", 0),
        t.binary ? MemcacheStatus.KEY_NOT_FOUND : MemcacheStatus.ITEM_NOT_STORED);
    status("replace", one.replace(t.key("added"), "c", 0), ok);
    status("append", one.append(t.key("added"), "d"), ok);
    status("prepend", one.prepend(t.key("added"), "b"), ok);
    Acceptance.check("get of all that", get(one.get(t.key("added"))), "bcd");
    status(
        "append where there is none",
        one.append(t.key("absent"), "x"),
        MemcacheStatus.ITEM_NOT_STORED);

    GetResult<String> seen = get(one.casGet(t.key("added")));
    Acceptance.check("casGet", seen.getValue(), "bcd");
    status("set with a cas that wins", one.set(t.key("added"), "won", 0, seen.getCas()), ok);
    status(
        "set with a cas that loses",
        one.set(t.key("added"), "lost", 0, seen.getCas()),
        MemcacheStatus.KEY_EXISTS);
    Acceptance.check("get after them", get(one.get(t.key("added"))), "won");

    if (one instanceof BinaryMemcacheClient<String> binary) {
      Acceptance.check("incr with an initial value", get(binary.incr(t.key("n"), 5, 10, 0)), 10L);
      Acceptance.check("incr", get(binary.incr(t.key("n"), 5, 10, 0)), 15L);
      Acceptance.check("decr below 0", get(binary.decr(t.key("n"), 100, 0, 0)), 0L);
      Acceptance.check("gat", get(binary.getAndTouch(t.key("text"), 20_000)), "☃ snow");
      Acceptance.check(
          "gat where there is none", get(binary.getAndTouch(t.key("absent"), 20_000)), null);
      get(binary.noop());
    } else if (one instanceof AsciiMemcacheClient<String> ascii) {
      status("set of a number", one.set(t.key("n"), "10", 0), ok);
      Acceptance.check("incr", get(ascii.incr(t.key("n"), 5)), 15L);
      Acceptance.check("decr below 0", get(ascii.decr(t.key("n"), 100)), 0L);
      Acceptance.check("incr where there is none", get(ascii.incr(t.key("absent"), 1)), null);
    }

    status("touch", one.touch(t.key("text"), 10_000), ok);
    status(
        "touch where there is none",
        one.touch(t.key("absent"), 10_000),
        MemcacheStatus.KEY_NOT_FOUND);
    status("delete", one.delete(t.key("added")), ok);
    status("delete where there is none", one.delete(t.key("added")), MemcacheStatus.KEY_NOT_FOUND);

    MemcacheClient<byte[]> bytes = connect(MemcacheClientBuilder.newByteArrayClient(), t.one);
    byte[] large = Acceptance.random(900_000);
    status("set of 900 kB", bytes.set(t.key("large"), large, 0), ok);
    Acceptance.check("get of 900 kB", get(bytes.get(t.key("large"))), large);

    for (String name :
        List.of("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "Schlüssel", "l".repeat(200))) {
      status("set of the key " + name, one.set(t.key(name), name, 0), ok);
      Acceptance.check("get of it", get(one.get(t.key(name))), name);
    }

    Acceptance.eventually("delete on node two", null, () -> get(two.get(t.key("added"))));
    long unique = get(one.casGet(t.key("text"))).getCas();
    Acceptance.eventually(
        "the same cas unique on both", unique, () -> get(two.casGet(t.key("text"))).getCas());
    status("cas of it on node two", two.set(t.key("text"), "from two", 0, unique), ok);
    Acceptance.eventually("it on node one", "from two", () -> get(one.get(t.key("text"))));

    Map<String, String> stats = get(one.getStats("")).values().iterator().next().getStats();
    Acceptance.check(
        "stats", stats.keySet().containsAll(List.of("pid", "curr_items", "cmd_get")), true);
    Acceptance.check("version", stats.get("version").startsWith("1.6."), true);
    Map<String, String> settings =
        get(one.getStats("settings")).values().iterator().next().getStats();
    Acceptance.check("stats settings", settings.get("maxconns"), "1024");

    Acceptance.eventually("set that expires is gone", null, () -> get(one.get(t.key("short"))));

    MemcacheClient<String> both =
        t.cluster ? connect(MemcacheClientBuilder.newStringClient(), t.one, t.two) : one;
    for (int i = 0; i < 20; i++) {
      String key = t.key("ring" + i);
      status("set " + i + " by ketama", both.set(key, "ring", 0), ok);
      Acceptance.eventually("get on node one", "ring", () -> get(one.get(key)));
      Acceptance.eventually("get on node two", "ring", () -> get(two.get(key)));
    }

    t.ask("restart");
    Acceptance.eventually("set after the restart", ok, () -> get(one.set(t.key("after"), "x", 0)));
    Acceptance.check("get after the restart", get(one.get(t.key("after"))), "x");
    if (t.cluster) {
      Acceptance.eventually(
          "what was there before", thing, () -> get(objects.get(t.key("object"))));
      Acceptance.eventually("set by ketama", ok, () -> get(both.set(t.key("ring0"), "again", 0)));
    }

    t.ask("flush");
    status("set before flushAll", one.set(t.key("flushed"), "x", 0), ok);
    status("flushAll", one.flushAll(0), ok);
    Acceptance.check("get after flushAll", get(one.get(t.key("flushed"))), null);
    Acceptance.eventually("on node two as well", null, () -> get(two.get(t.key("after"))));
    System.exit(0);
  }
}
