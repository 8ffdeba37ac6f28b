package io.ehcached.store;

import io.ehcached.MovableClock;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.config.DiskStoreConfiguration;

/** A real region in memory, with a store on it and a clock that the test moves. */
public final class TestRegion implements AutoCloseable {
  public final MovableClock clock = new MovableClock();
  public final Cache cache;
  public final Store store;
  private final CacheManager manager;

  private TestRegion(Configuration node, CacheConfiguration configuration) {
    String name = UUID.randomUUID().toString();
    manager = new CacheManager(node.name(name));
    cache = new Cache(configuration.name(name));
    manager.addCache(cache);
    store = openStore(clock);
  }

  /** Returns a region that keeps everything for ever. */
  public static TestRegion eternal() {
    return with(region -> roomy(region).eternal(true));
  }

  public static CacheConfiguration roomy(CacheConfiguration region) {
    return region.maxEntriesLocalHeap(1_000_000);
  }

  public static TestRegion with(UnaryOperator<CacheConfiguration> configuration) {
    return new TestRegion(new Configuration(), configuration.apply(new CacheConfiguration()));
  }

  /** Returns a region that may use a directory on disk. */
  public static TestRegion with(Path disk, UnaryOperator<CacheConfiguration> configuration) {
    return new TestRegion(
        new Configuration().diskStore(new DiskStoreConfiguration().path(disk.toString())),
        configuration.apply(new CacheConfiguration()));
  }

  /** Opens one more store on the region, as a restarted node would. */
  public Store openStore(LongSupplier millis) {
    return new Store(cache, new StampClock(millis, 1), millis);
  }

  public StoredItem set(String key, String value) {
    return set(key, value, 0);
  }

  public StoredItem set(String key, String value, long expiry) {
    return set(Key.of(key), value.getBytes(StandardCharsets.UTF_8), expiry);
  }

  public StoredItem set(Key key, byte[] value, long expiry) {
    return store.change(key, null, (old, none) -> new StoredItem(key, value, 0, expiry));
  }

  /** Returns the value as text, or null when there is none. */
  public String get(String key) {
    StoredItem item = store.get(Key.of(key));
    return item == null ? null : new String(item.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    manager.shutdown();
  }
}
