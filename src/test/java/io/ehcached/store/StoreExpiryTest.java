package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StoreExpiryTest {
  @AutoClose private final TestRegion eternal = TestRegion.eternal();

  @AutoClose
  private final TestRegion mortal =
      TestRegion.with(region -> TestRegion.roomy(region).timeToLiveSeconds(100));

  @AutoClose
  private final TestRegion idle =
      TestRegion.with(region -> TestRegion.roomy(region).timeToIdleSeconds(100));

  @Test
  void item_diesAtItsExpiry_toTheMillisecond() {
    eternal.set("k", "v", in(eternal, 1_500));

    eternal.clock.advanceMillis(1_499);
    assertThat(eternal.get("k")).isEqualTo("v");

    eternal.clock.advanceMillis(1);
    assertThat(eternal.get("k")).isNull();
  }

  @Test
  void item_withoutExpiryInAnEternalRegion_livesOn() {
    eternal.set("k", "v", Expiry.REGION);

    eternal.clock.advanceSeconds(1_000_000_000);

    assertThat(eternal.get("k")).isEqualTo("v");
  }

  @Test
  void item_withoutExpiry_diesAtTheRegionsTimeToLive() {
    mortal.set("k", "v", Expiry.REGION);

    mortal.clock.advanceSeconds(95);
    assertThat(mortal.get("k")).isEqualTo("v");

    mortal.clock.advanceSeconds(10);
    assertThat(mortal.get("k")).isNull();
  }

  @Test
  void item_withoutExpiry_diesWhenIdleForTheRegionsTimeToIdle() {
    idle.set("k", "v", Expiry.REGION);

    idle.clock.advanceSeconds(95);
    assertThat(idle.get("k")).isEqualTo("v");

    idle.clock.advanceSeconds(95);
    assertThat(idle.get("k")).isEqualTo("v");

    idle.clock.advanceSeconds(101);
    assertThat(idle.get("k")).isNull();
    assertThat(idle.get("k")).isNull();
  }

  @Test
  void expiryOfItsOwn_winsOverTheRegionsLifespan_whenLonger() {
    mortal.set("k", "v", in(mortal, 500_000));
    idle.set("k", "v", in(idle, 500_000));

    mortal.clock.advanceSeconds(499);
    idle.clock.advanceSeconds(499);
    assertThat(mortal.get("k")).isEqualTo("v");
    assertThat(idle.get("k")).isEqualTo("v");

    mortal.clock.advanceSeconds(1);
    assertThat(mortal.get("k")).isNull();
  }

  @Test
  void expiryOfItsOwn_winsOverTheRegionsLifespan_whenShorter() {
    mortal.set("k", "v", in(mortal, 5_000));

    mortal.clock.advanceSeconds(5);

    assertThat(mortal.get("k")).isNull();
  }

  @Test
  void lifespan_changedInUse_holdsForWhatIsThere() {
    mortal.set("k", "v", Expiry.REGION);
    mortal.clock.advanceSeconds(95);

    mortal.cache.getCacheConfiguration().setTimeToLiveSeconds(90);
    assertThat(mortal.get("k")).isNull();

    mortal.set("k", "v", Expiry.REGION);
    mortal.cache.getCacheConfiguration().setTimeToLiveSeconds(200);
    mortal.clock.advanceSeconds(199);
    assertThat(mortal.get("k")).isEqualTo("v");
  }

  @Test
  void change_seesNoDeadItem() {
    eternal.set("k", "v", 1);

    eternal.store.change(
        Key.of("k"),
        null,
        (old, none) -> {
          assertThat(old).isNull();
          return null;
        });
  }

  @Test
  void reading_whatHasExpired_neverRemovesANewerItem() {
    Key key = Key.of("k");
    eternal.set("k", "dead", 1);
    AtomicBoolean written = new AtomicBoolean();
    Store reader =
        eternal.openStore(
            () -> { // asked once the dead item has been read: another writes right then
              if (!written.getAndSet(true)) {
                eternal.set("k", "new");
              }
              return eternal.clock.getAsLong();
            });
    written.set(false); // should opening have looked at the clock

    assertThat(reader.get(key, eternal.clock.getAsLong())).isNull();

    assertThat(written).isTrue();
    assertThat(eternal.get("k")).isEqualTo("new");
  }

  @Test
  void ehcachesOwnReads_leaveTheExpiredAlone() {
    eternal.set("k", "dead", 1);

    eternal.cache.get(Key.of("k"));
    eternal.cache.getQuiet(Key.of("k"));

    assertThat(eternal.store.keys()).containsExactly(Key.of("k"));
  }

  @Test
  void reclaim_givesTheMemoryOfTheDeadBack_andKeepsTheLiving() {
    eternal.set("dead", "v", 1);
    eternal.set("dying", "v", in(eternal, 10));
    eternal.set("alive", "v", in(eternal, 100_000));
    eternal.set("eternal", "v");
    eternal.clock.advanceMillis(10);

    eternal.store.reclaim();

    assertThat(eternal.store.keys()) // those of the dead too
        .containsExactlyInAnyOrder(Key.of("alive"), Key.of("eternal"));
    assertThat(eternal.store.counts().reclaimed()).isEqualTo(2);
  }

  @Test
  void counts_tellReadsOfTheExpiredFromReadsOfTheFlushed() {
    eternal.set("expired", "v", 1);
    eternal.get("expired");
    eternal.get("expired"); // is gone by now
    eternal.set("flushed", "v");
    eternal.store.flush();
    eternal.get("flushed");

    assertThat(eternal.store.counts().foundExpired()).isEqualTo(1);
    assertThat(eternal.store.counts().foundFlushed()).isEqualTo(1);
  }

  private static long in(TestRegion region, long millis) {
    return region.clock.getAsLong() + millis;
  }
}
