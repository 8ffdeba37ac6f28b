package io.ehcached.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A write that was written once more gets a greater stamp, and stays as old as it is. */
final class RenewalTest {
  private static final Key KEY = Key.of("a");

  private final AtomicLong now = new AtomicLong(1_790_000_000_000L);
  private final List<String> told = new ArrayList<>();
  private final Store store = store(1);

  private Store store(int number) {
    StampClock clock = new StampClock(now::get, number);
    Store store = Store.withoutRegion(100, clock, now::get);
    store.keep(
        new Ledger(
            () -> now.get() * 1_000_000,
            new History(clock, number),
            1000,
            600_000,
            Digests.SLICES,
            (key, stamp, kind) -> told.add(key + " " + kind)));
    return store;
  }

  private long set(String value) {
    now.incrementAndGet();
    return store
        .change(KEY, value, (old, v) -> new StoredItem(KEY, v.getBytes(UTF_8), 0, Expiry.REGION))
        .stamp();
  }

  private StoredItem renewed(long after) {
    return item("renewed", after + (1 << 20));
  }

  private StoredItem item(String value, long stamp) {
    return StoredItem.written(KEY, value.getBytes(UTF_8), 0, Expiry.REGION, stamp, now.get());
  }

  private String value() {
    StoredItem item = store.peek(KEY);
    return item == null ? null : new String(item.value(), UTF_8);
  }

  @Test
  void itemWrittenAfterTheFirstStamp_winsOverTheRenewal_andGetsAGreaterStamp() {
    long older = set("older");
    long newer = set("newer");
    told.clear();
    StoredItem renewal = renewed(newer);
    assertThat(store.peerWrites().merge(renewal, older)).isEqualTo(Merged.OLDER);
    assertThat(value()).isEqualTo("newer");
    assertThat(store.peek(KEY).stamp()).isGreaterThan(renewal.stamp());
    assertThat(store.ledger().first(KEY, store.peek(KEY).stamp())).isEqualTo(newer);
    assertThat(told).containsExactly("a UPDATE");
  }

  @Test
  void removalAfterTheFirstStamp_winsOverTheRenewal_andGetsAGreaterStamp() {
    long older = set("older");
    store.change(KEY, KEY, (old, k) -> null);
    long removal = store.ledger().tombstones().stamp(KEY);
    told.clear();
    StoredItem renewal = renewed(removal);
    assertThat(store.peerWrites().merge(renewal, older)).isEqualTo(Merged.OLDER);
    assertThat(value()).isNull();
    long again = store.ledger().tombstones().stamp(KEY);
    assertThat(again).isGreaterThan(renewal.stamp());
    assertThat(store.ledger().first(KEY, again)).isEqualTo(removal);
    assertThat(told).containsExactly("a REMOVAL");
  }

  @Test
  void renewal_losesToAWriteAfterItsFirstStamp_thatComesLater_withALesserStamp() {
    long older = set("older");
    StoredItem renewal = renewed(older + (5 << 20));
    assertThat(store.peerWrites().merge(renewal, older)).isEqualTo(Merged.TAKEN);
    long newer = older + (1 << 20);
    told.clear();
    assertThat(store.peerWrites().merge(item("newer", newer))).isEqualTo(Merged.TAKEN);
    assertThat(value()).isEqualTo("newer");
    assertThat(store.peek(KEY).stamp()).isGreaterThan(renewal.stamp());
    assertThat(store.ledger().first(KEY, store.peek(KEY).stamp())).isEqualTo(newer);
    assertThat(told).containsExactly("a UPDATE");
    assertThat(store.peerWrites().merge(item("between", newer - 256))).isEqualTo(Merged.OLDER);
  }

  @Test
  void renewal_losesToARemovalAfterItsFirstStamp_thatComesLater_withALesserStamp() {
    long older = set("older");
    StoredItem renewal = renewed(older + (5 << 20));
    store.peerWrites().merge(renewal, older);
    told.clear();
    assertThat(store.peerWrites().mergeRemoval(KEY, older + 256)).isEqualTo(Merged.TAKEN);
    assertThat(value()).isNull();
    assertThat(store.ledger().death(KEY)).isGreaterThan(renewal.stamp());
    assertThat(told).containsExactly("a REMOVAL");
  }

  @Test
  void renewal_isRefusedAndRemoved_whereTheWriteWasSeen_andMayHaveBeenRemoved() {
    long first = set("value");
    store.change(KEY, KEY, (old, k) -> null);
    now.addAndGet(600_001);
    store.reclaim();
    assertThat(store.ledger().death(KEY)).isEqualTo(Stamp.NONE);
    told.clear();
    StoredItem renewal = renewed(Stamp.atMillis(now.get()));
    assertThat(store.peerWrites().merge(renewal, first)).isEqualTo(Merged.OLDER);
    assertThat(value()).isNull();
    assertThat(store.ledger().death(KEY)).isGreaterThan(renewal.stamp());
    assertThat(told).containsExactly("a REMOVAL");
  }

  @Test
  void renewal_isTaken_whereTheWriteWasSeen_andNoRemovalWasForgotten() {
    long first = set("value");
    store.peerWrites().forget(KEY, first); // as if it had been evicted
    StoredItem renewal = item("renewed", first + (1 << 20) + 1); // by another node
    assertThat(store.peerWrites().merge(renewal, first)).isEqualTo(Merged.TAKEN);
    assertThat(value()).isEqualTo("renewed");
  }

  @Test
  void removingWhatIsOlder_leavesWhatWasWrittenSince() {
    long first = set("value");
    long later = set("later");
    store.peerWrites().removeOlder(KEY, first, first + 1);
    assertThat(value()).isEqualTo("later");
    store.peerWrites().removeOlder(KEY, later, later + 1);
    assertThat(value()).isNull();
    assertThat(store.peerWrites().merge(item("newer", later + 2))).isEqualTo(Merged.TAKEN);
    assertThat(value()).isEqualTo("newer");
  }

  @Test
  void renewalOfANewerWrite_isTaken_andItsFirstStampIsKept() {
    long older = set("older");
    StoredItem renewal = renewed(older);
    assertThat(store.peerWrites().merge(renewal, older + 256)).isEqualTo(Merged.TAKEN);
    assertThat(value()).isEqualTo("renewed");
    assertThat(store.ledger().first(KEY, renewal.stamp())).isEqualTo(older + 256);
  }

  @Test
  void renewalsOfOneWrite_goByTheirStamps_andComeToAnEnd() {
    long first = set("renewed");
    store.peerWrites().renew(KEY, first);
    StoredItem other = renewed(store.peek(KEY).stamp());
    assertThat(store.peerWrites().merge(other, first)).isEqualTo(Merged.TAKEN);
    assertThat(store.peek(KEY).stamp()).isEqualTo(other.stamp());
  }

  @Test
  void renewing_leavesWhatIsThere_andHasAnotherStampOnlyIfItIsTheSameWrite() {
    long first = set("value");
    store.peerWrites().renew(KEY, first - 256);
    assertThat(store.peek(KEY).stamp()).isEqualTo(first);
    store.peerWrites().renew(KEY, first);
    assertThat(value()).isEqualTo("value");
    assertThat(store.peek(KEY).stamp()).isGreaterThan(first);
    long again = store.peek(KEY).stamp();
    store.peerWrites().renew(KEY, again);
    assertThat(store.ledger().first(KEY, store.peek(KEY).stamp())).isEqualTo(first);
  }

  @Test
  void writeOfAClient_hasNoOtherFirstStamp() {
    store.peerWrites().renew(KEY, set("value"));
    long stamp = set("another");
    assertThat(store.ledger().first(KEY, stamp)).isEqualTo(stamp);
  }

  @Test
  void flushThatWouldHaveKilledTheFirst_killsTheRenewal_whicheverComesFirst() {
    long first = set("value");
    now.addAndGet(10);
    store.peerWrites().renew(KEY, first);
    long renewed = store.peek(KEY).stamp();
    now.addAndGet(-5);
    Store other = store(2);
    other.flush();
    StoredItem mark = other.held(Key.of(""));
    assertThat(mark.stamp()).isLessThan(renewed);
    assertThat(other.peerWrites().merge(store.peek(KEY), first)).isEqualTo(Merged.OLDER);
    assertThat(store.peerWrites().merge(mark)).isEqualTo(Merged.TAKEN);
    assertThat(value()).isNull();
    StoredItem since = item("since the flush", mark.stamp() + 256);
    assertThat(since.stamp()).isLessThan(renewed);
    assertThat(store.peerWrites().merge(since)).isEqualTo(Merged.TAKEN);
    assertThat(value()).isEqualTo("since the flush");
  }

  @Test
  void firstStamps_areNoMoreThanTheBound() {
    Renewals few = new Renewals(2);
    for (int i = 1; i <= 3; i++) {
      few.put(Key.of("k" + i), 100 + i, i);
    }
    assertThat(few.first(Key.of("k1"), 101)).isEqualTo(101);
    assertThat(few.first(Key.of("k2"), 102)).isEqualTo(2);
    assertThat(few.first(Key.of("k3"), 103)).isEqualTo(3);
    assertThat(few.older(2)).containsOnlyKeys(Key.of("k2"));
  }

  @Test
  void olderWriteThatComesAfterALook_isCounted_unlessItWasSeen() {
    History history = store.ledger().history();
    long stamp = Stamp.atMillis(now.get() + 5000) | 7;
    history.countLate(stamp);
    StoredItem late = StoredItem.written(KEY, new byte[1], 0, Expiry.REGION, stamp - 256, 1);
    assertThat(store.peerWrites().merge(late)).isEqualTo(Merged.TAKEN);
    assertThat(history.late()).isEqualTo(1);
    StoredItem later = StoredItem.written(KEY, new byte[1], 0, Expiry.REGION, stamp + 256, 1);
    assertThat(store.peerWrites().merge(later)).isEqualTo(Merged.TAKEN);
    assertThat(history.late()).isEqualTo(1);
  }
}
