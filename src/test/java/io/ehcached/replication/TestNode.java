package io.ehcached.replication;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;

/** A node without a network: a region, its store and its replicator. */
final class TestNode implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();

  final String url;
  final int number;
  final Store store;
  final Replicator replicator;
  final Map<String, FaultyLink> links = new LinkedHashMap<>();
  private final CacheManager manager;
  private PeerWatcher watcher;
  private volatile long clockOffset;

  TestNode(
      int number,
      ReplicationSettings settings,
      long clockOffset,
      int maxItems,
      BootstrapSettings copying) {
    this.clockOffset = clockOffset;
    LongSupplier millis = () -> System.currentTimeMillis() + this.clockOffset;
    Configuration configuration = new Configuration().name("test-" + NAMES.incrementAndGet());
    manager = new CacheManager(configuration);
    CacheConfiguration region =
        new CacheConfiguration("items", maxItems == 0 ? 1_000_000 : maxItems).eternal(true);
    region.setMemoryStoreEvictionPolicy("CLOCK");
    Cache cache = new Cache(region);
    manager.addCache(cache);
    this.number = number;
    url = "//node" + number + "/items";
    store = new Store(cache, new StampClock(millis, number), millis);
    replicator = new Replicator("items", url, settings, store, new NodeThreads(millis), "test");
    replicator.start(w -> watcher = w, copying);
  }

  /** Sets how far its wall clock is ahead of the others', in milliseconds. */
  void setClock(long offset) {
    clockOffset = offset;
  }

  /** Makes {@code peer} known to this node. */
  void meet(TestNode peer, Supplier<FrameHandler> address, long seed, long delayMillis) {
    FaultyLink link = new FaultyLink(peer.url, address, seed);
    link.disturb(0, 0, 0, delayMillis);
    links.put(peer.url, link);
    watcher.joined(link);
  }

  /** Makes a peer known that is no such node. */
  void meet(PeerLink peer) {
    watcher.joined(peer);
  }

  /** Makes discovery say that a peer is gone. */
  void lose(TestNode peer) {
    watcher.left(links.get(peer.url));
  }

  /** Makes discovery say that a peer is there again. */
  void meetAgain(TestNode peer) {
    watcher.joined(links.get(peer.url));
  }

  void set(String key, String value) {
    store.change(
        Key.of(key), value, (old, v) -> new StoredItem(Key.of(key), bytes(v), 7, Expiry.REGION));
  }

  void delete(String key) {
    Key name = Key.of(key);
    if (store.peek(name) == null) {
      store.removeAbsent(name);
    } else {
      store.change(name, key, (old, v) -> null);
    }
  }

  String get(String key) {
    StoredItem item = store.get(Key.of(key));
    return item == null ? null : new String(item.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns all that clients can see: key to value, flags and cas. */
  Map<String, String> contents() {
    Map<String, String> all = new TreeMap<>();
    for (Key key : store.keys()) {
      StoredItem item = store.peek(key);
      if (item != null) {
        all.put(
            key.toString(),
            new String(item.value(), StandardCharsets.UTF_8)
                + " "
                + item.flags()
                + " "
                + item.cas());
      }
    }
    return new HashMap<>(all);
  }

  @Override
  public void close() {
    replicator.close();
    manager.shutdown();
  }
}
