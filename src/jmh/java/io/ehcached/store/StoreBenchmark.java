package io.ehcached.store;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.config.MemoryUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One get and one set of a key at random, and what a comparison with a peer takes, by how many
 * items there are.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms8g", "-Xmx8g", "-XX:+UseParallelGC"})
public class StoreBenchmark {
  private static final byte[] KEY =
      "bench:of:ehcached:00000000000000".getBytes(StandardCharsets.ISO_8859_1);
  private static final int VALUE = 100;
  private static final long TOMBSTONE_MILLIS = 600_000;

  @Param({"10000", "1000000"})
  public int items;

  /** Whether a ledger for peers is kept. */
  @Param({"false", "true"})
  public boolean replicated;

  private final SplittableRandom random = new SplittableRandom(1);
  private CacheManager manager;
  private Store store;

  /** Fills a region. */
  @Setup(Level.Trial)
  public void fill() {
    manager = new CacheManager(new Configuration().name("jmh"));
    CacheConfiguration region = new CacheConfiguration().name("jmh").eternal(true);
    Cache cache = new Cache(region.maxBytesLocalHeap(6, MemoryUnit.GIGABYTES));
    manager.addCache(cache);
    store =
        new Store(cache, new StampClock(System::currentTimeMillis, 1), System::currentTimeMillis);
    if (replicated) {
      store.keep(
          new Ledger(
              System::nanoTime,
              new History(store.clock(), 1),
              1000,
              TOMBSTONE_MILLIS,
              Digests.SLICES,
              (key, stamp, kind) -> {}));
    }
    for (int i = 0; i < items; i++) {
      set(key(i));
    }
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    manager.shutdown();
  }

  private static Key key(int number) {
    byte[] bytes = KEY.clone();
    for (int i = bytes.length - 1, left = number; left > 0; i--, left /= 10) {
      bytes[i] = (byte) ('0' + left % 10);
    }
    return Key.of(bytes, 0, bytes.length);
  }

  private StoredItem set(Key key) {
    return store.change(
        key, new byte[VALUE], (old, value) -> new StoredItem(key, value, 0, Expiry.REGION));
  }

  /** Finds an item. */
  @Benchmark
  public StoredItem get() {
    return store.get(key(random.nextInt(items)));
  }

  /** Overwrites an item. */
  @Benchmark
  public StoredItem put() {
    return set(key(random.nextInt(items)));
  }

  /** Reads all sums, as a comparison with a peer does to find whether they differ. */
  @Benchmark
  public long[] sums() {
    return replicated ? store.ledger().digests().buckets() : null;
  }

  /** Visits all items, as a comparison with a peer does where sums differ. */
  @Benchmark
  public long visit() {
    long[] sum = {0};
    store.forEach((key, stamp, removal, arrived) -> sum[0] ^= stamp);
    return sum[0];
  }
}
