import static java.util.concurrent.TimeUnit.SECONDS;

import com.netflix.evcache.EVCache;
import com.netflix.evcache.EVCacheLatch;
import com.netflix.evcache.EVCacheLatch.Policy;
import com.netflix.evcache.connection.ConnectionFactoryBuilder;
import com.netflix.evcache.pool.EVCacheClientPoolManager;
import com.netflix.evcache.pool.SimpleNodeListProvider;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** EVCache: binary protocol; the newest on Maven Central does not have its meta commands yet. */
final class UseEvcache {
  private static Acceptance t;

  /** Describes a client whose writes go to all the nodes, and whose reads to any. */
  private static void describe(String name, String... nodes) {
    String groups =
        IntStream.range(0, nodes.length)
            .mapToObj(i -> "group" + i + "=" + nodes[i])
            .collect(Collectors.joining(";"));
    System.setProperty(name + "-NODES", groups);
    System.setProperty(name + ".EVCacheClientPool.readTimeout", "30000");
    System.setProperty(name + ".EVCacheClientPool.bulkReadTimeout", "30000");
    System.setProperty(name + ".operation.timeout", "30000");
  }

  private static EVCache connect(String name) {
    return new EVCache.Builder().setAppName(name).setCachePrefix("evcache").build();
  }

  private static void done(String what, EVCacheLatch latch, boolean expected) throws Exception {
    latch.await(30, SECONDS);
    Acceptance.check(what, latch.getSuccessCount() > 0, expected);
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
    t = new Acceptance(UseEvcache.class, arguments);
    describe("ONE", t.one);
    describe("TWO", t.two);
    describe("BOTH", t.one, t.two);
    new EVCacheClientPoolManager(new ConnectionFactoryBuilder(), new SimpleNodeListProvider());
    EVCache one = connect("ONE");
    EVCache two = connect("TWO");

    done("set that expires", one.set(t.key("short"), "x", 1, Policy.ALL), true);

    done("set", one.set(t.key("text"), "☃ snow", 10_000, Policy.ALL), true);
    Acceptance.check("get", one.<String>get(t.key("text")), "☃ snow");
    Map<String, Object> thing = new java.util.HashMap<>(Map.of("a", 1L, "b", "Grüße"));
    done("set of an object", one.set(t.key("object"), thing, 10_000, Policy.ALL), true);
    Acceptance.check("get of an object", one.get(t.key("object")), thing);
    Acceptance.check("get of a key that is not there", one.get(t.key("absent")), null);

    String[] keys = IntStream.range(0, 100).mapToObj(i -> t.key("many" + i)).toArray(String[]::new);
    for (String key : keys) {
      one.set(key, "value of " + key, 10_000, Policy.ALL).await(30, SECONDS);
    }
    Map<String, String> many = one.getBulk(keys);
    Acceptance.check("getBulk of 100", many.size(), 100);
    Acceptance.check("getBulk of one of them", many.get(keys[7]), "value of " + keys[7]);

    done("add", one.add(t.key("added"), "b", null, 10_000, Policy.ALL), true);
    done("add where there is one", one.add(t.key("added"), "c", null, 10_000, Policy.ALL), false);
    done("replace", one.replace(t.key("added"), "c", Policy.ALL), true);
    Acceptance.check("get of that", one.<String>get(t.key("added")), "c");
    done("appendOrAdd", one.appendOrAdd(t.key("log"), "a", null, 10_000, Policy.ALL), true);
    Acceptance.check("get of that", one.<String>get(t.key("log")), "a");

    Acceptance.check("incr with an initial value", one.incr(t.key("number"), 5, 10, 10_000), 10L);
    // Later ones answer the initial value as well; at memcached, too.
    Acceptance.check("decr with an initial value", one.decr(t.key("down"), 1, 7, 10_000), 7L);

    done("touch", one.touch(t.key("text"), 10_000, Policy.ALL), true);
    Acceptance.check("getAndTouch", one.<String>getAndTouch(t.key("text"), 20_000), "☃ snow");

    String large = "abc".repeat(1_700_000);
    done("set of 5 MB that compresses", one.set(t.key("large"), large, 10_000, Policy.ALL), true);
    Acceptance.check("get of it", one.<String>get(t.key("large")), large);

    Acceptance.eventually("object on node two", thing, () -> two.get(t.key("object")));
    Acceptance.eventually("5 MB on node two", large, () -> two.<String>get(t.key("large")));
    done("delete", one.delete(t.key("added"), Policy.ALL), true);
    Acceptance.eventually("delete on node two", null, () -> two.get(t.key("added")));
    Acceptance.eventually("set that expires is gone", null, () -> one.get(t.key("short")));

    if (t.cluster) { // each node a server group of its own: written twice, which does no harm
      EVCache both = connect("BOTH");
      for (int i = 0; i < 20; i++) {
        String key = t.key("both" + i);
        done("set " + i + " on both", both.set(key, "x" + i, 10_000, Policy.ALL), true);
        Acceptance.eventually("get on node one", "x" + i, () -> one.<String>get(key));
        Acceptance.eventually("get on node two", "x" + i, () -> two.<String>get(key));
      }
    }

    t.ask("restart");
    Acceptance.eventually(
        "set after the restart",
        true,
        () -> {
          EVCacheLatch latch = one.set(t.key("after"), "x", 10_000, Policy.ALL);
          latch.await(1, SECONDS);
          return latch.getSuccessCount() > 0;
        });
    Acceptance.eventually("get after the restart", "x", () -> one.<String>get(t.key("after")));
    if (t.cluster) {
      Acceptance.check("what was there before", one.get(t.key("object")), thing);
    }
    t.ask("flush");
    System.exit(0);
  }
}
