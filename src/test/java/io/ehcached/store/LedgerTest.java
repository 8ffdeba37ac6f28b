package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Key KEY = Key.of("key");
  private static final long WINDOW = 1000;

  private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
  private final List<Kind> told = new ArrayList<>();
  private final List<CacheManager> managers = new ArrayList<>();
  private final Store store = open(1, 100);

  private Store open(int node, int tombstones) {
    CacheManager manager = new CacheManager(new Configuration().name("ledger-" + node));
    managers.add(manager);
    Cache region = new Cache(new CacheConfiguration("items", 10_000).eternal(true));
    manager.addCache(region);
    Store opened = new Store(region, new StampClock(now::get, node), now::get);
    History history = new History(opened.clock(), node);
    opened.keep(
        new Ledger(
            () -> now.get() * 1_000_000,
            history,
            tombstones,
            WINDOW,
            Digests.SLICES,
            (key, stamp, kind) -> told.add(kind)));
    return opened;
  }

  @AfterEach
  void close() {
    managers.forEach(CacheManager::shutdown);
  }

  private static StoredItem set(Store store, Key key) {
    return store.change(key, key, (old, k) -> new StoredItem(k, new byte[] {1}, 0, Expiry.REGION));
  }

  private static StoredItem at(Key key, long stamp) {
    return StoredItem.written(key, new byte[] {2}, 0, Expiry.REGION, stamp, 1);
  }

  @Test
  void listener_isToldWhatEachChangeDid_andNothingOfMerges() {
    StoredItem item = set(store, KEY);
    set(store, KEY);
    store.change(KEY, KEY, (old, k) -> null);
    store.removeAbsent(KEY);
    store.peerWrites().merge(at(KEY, item.stamp() << 1));
    assertThat(told).containsExactly(Kind.PUT, Kind.UPDATE, Kind.REMOVAL, Kind.REMOVAL);
  }

  @Test
  void olderWriteThatArrivesLate_doesNotBringTheItemBack() {
    StoredItem item = set(store, KEY);
    store.change(KEY, KEY, (old, k) -> null);
    assertThat(store.peerWrites().merge(at(KEY, item.stamp()))).isEqualTo(Merged.OLDER);
    assertThat(store.peek(KEY)).isNull();
  }

  @Test
  void ofTwoWrites_theNewerStands_whicheverCameFirst() {
    StoredItem item = set(store, KEY);
    assertThat(store.peerWrites().merge(at(KEY, item.stamp() - 1))).isEqualTo(Merged.OLDER);
    assertThat(store.peek(KEY).stamp()).isEqualTo(item.stamp());
    assertThat(store.peerWrites().merge(at(KEY, item.stamp() + 1))).isEqualTo(Merged.TAKEN);
    assertThat(store.peek(KEY).stamp()).isEqualTo(item.stamp() + 1);
  }

  @Test
  void removalThatArrivesLate_leavesTheNewerItem() {
    StoredItem item = set(store, KEY);
    assertThat(store.peerWrites().mergeRemoval(KEY, item.stamp() - 1)).isEqualTo(Merged.OLDER);
    assertThat(store.peek(KEY)).isNotNull();
    assertThat(store.peerWrites().mergeRemoval(KEY, item.stamp())).isEqualTo(Merged.TAKEN);
    assertThat(store.peek(KEY)).isNull();
    assertThat(store.peerWrites().mergeRemoval(KEY, item.stamp())).isEqualTo(Merged.KNOWN);
  }

  @Test
  void writeAfterWhatWasMerged_isNewerThanThat() {
    long ahead = Stamp.atMillis(now.get() + 50_000);
    store.peerWrites().merge(at(KEY, ahead));
    assertThat(set(store, KEY).stamp()).isGreaterThan(ahead);
  }

  @Test
  void expiredItemThatArrives_killsWhatItReplaced() {
    StoredItem item = set(store, KEY);
    StoredItem dead = StoredItem.written(KEY, new byte[1], 0, now.get() - 1, item.stamp() + 256, 1);
    assertThat(store.peerWrites().merge(dead)).isEqualTo(Merged.TAKEN);
    assertThat(store.peek(KEY)).isNull();
  }

  @Test
  void itemOlderThanAFlush_isRefused() {
    StoredItem item = set(store, KEY);
    store.flush();
    assertThat(store.peerWrites().merge(at(KEY, item.stamp() + 1))).isEqualTo(Merged.OLDER);
    assertThat(store.peek(KEY)).isNull();
  }

  @Test
  void tombstones_areKeptForTheirWindowAndNoMoreThanTheBound() {
    store.removeAbsent(KEY);
    assertThat(store.ledger().tombstones().forgotten()).isZero();
    for (int i = 0; i < 100; i++) {
      store.removeAbsent(Key.of("k" + i));
    }
    assertThat(store.ledger().tombstones().size()).isEqualTo(100);
    assertThat(store.ledger().tombstones().stamp(KEY)).isEqualTo(Stamp.NONE);
    assertThat(store.ledger().tombstones().forgotten()).isEqualTo(now.get());
    now.addAndGet(WINDOW);
    store.reclaim();
    assertThat(store.ledger().tombstones().size()).isZero();
  }

  @Test
  void digests_areEqualOnceTheSameIsHeld_andBackToNothingWhenAllIsGone() {
    Store other = open(2, 1000);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      Key key = Key.of("k" + random.nextInt(200));
      if (random.nextInt(3) > 0) {
        set(store, key);
      } else {
        store.change(key, key, (old, k) -> null);
      }
    }
    assertThat(other.ledger().digests().buckets()).isNotEqualTo(store.ledger().digests().buckets());
    store
        .held()
        .forEach(
            held -> {
              if (held.removal()) {
                other.peerWrites().mergeRemoval(held.key(), held.stamp());
              } else {
                other.peerWrites().merge(at(held.key(), held.stamp()));
              }
            });
    assertThat(other.ledger().digests().buckets()).isEqualTo(store.ledger().digests().buckets());
    assertThat(other.ledger().digests().addedSince(0))
        .extracting(Digests.Slice::sum)
        .isEqualTo(
            store.ledger().digests().addedSince(0).stream().map(Digests.Slice::sum).toList());
    for (Key key : store.keys()) {
      store.peerWrites().forget(key, store.held(key).stamp());
    }
    now.addAndGet(WINDOW);
    store.reclaim();
    assertThat(store.ledger().digests().buckets()).containsOnly(0);
  }

  @Test
  void sliceThatWasOnlyTakenFrom_wasNotAddedTo() {
    StoredItem item = set(store, KEY);
    now.addAndGet(5000);
    store.peerWrites().forget(KEY, item.stamp());
    assertThat(store.ledger().digests().addedSince((now.get() - 1000) * 1_000_000)).isEmpty();
    assertThat(store.ledger().digests().addedSince((now.get() - 5000) * 1_000_000)).hasSize(1);
  }
}
