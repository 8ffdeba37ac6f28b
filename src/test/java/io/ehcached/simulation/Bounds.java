package io.ehcached.simulation;

import io.ehcached.replication.settings.ComparedSetting;
import io.ehcached.replication.wire.Members;
import io.ehcached.store.Digests;
import io.ehcached.store.History;
import java.util.HashMap;
import java.util.Map;

/** How much each collection of the store and of replication may hold, by its class and field. */
final class Bounds {
  private static final long NUMBERS = 256; // that stamps can carry
  private static final long SHARDS = 16;
  private static final long MAX_GONE = 64; // peers that left
  private static final long FEWEST_RENEWALS = 1000; // where fewer removals are remembered
  private static final long MAX_RENEWALS = 50_000;
  private static final long MAX_VIEWS = 4;
  private static final long MAX_STARTS = 64;
  private static final long MAX_REMEMBERED = 512;
  private static final long MAX_REFUSED = 64;
  private static final long FETCHING = 4;

  /** What clients of the longest script may wait for: this bound is the clients' own. */
  private static final long CLIENTS = 10_000;

  /** How many values a node may describe itself by. */
  private static final long MAX_VALUES = 64;

  /** How many slices of a second the clocks may be apart, and have stepped. */
  private static final long SKEW_SLICES = 2 * 3600;

  private Bounds() {}

  /** Returns the bounds of a node with some settings. */
  static Map<String, Long> of(Scenario.Settings settings) {
    Map<String, Long> bounds = new HashMap<>();
    long removals = settings.removals();
    long items = Math.max(settings.maxItems(), SimulatedNode.PLENTY);
    long nodes = settings.offsets().size() + MAX_GONE;
    bounds.put("Tombstones.byKey", removals);
    bounds.put("Tombstones.byAge", removals);
    bounds.put("Renewals.byKey", Math.max(FEWEST_RENEWALS, Math.min(removals, MAX_RENEWALS)));
    bounds.put("DirtyKeys.keys", (long) settings.maxPending());
    bounds.put("Batch.keys", (long) settings.maxPending());
    bounds.put("Batch.stamps", (long) settings.maxPending());
    bounds.put("History.byId", (long) History.MAX_ORIGINS);
    bounds.put("Singles.stamps", 2L * History.MAX_SINGLES);
    bounds.put("History.byNumber", NUMBERS);
    bounds.put("NewestByNumber.numbers", NUMBERS);
    bounds.put("HistoryView.seen", (long) History.MAX_ORIGINS);
    bounds.put("HistoryView.singles", (long) History.MAX_SINGLES);
    bounds.put("HistoryView.untracked", 2 * NUMBERS);
    bounds.put("HistoryView.forgotten", 2 * NUMBERS);
    bounds.put("MissingItems.suspected", 2 * NUMBERS);
    bounds.put("OpenWrites.slots", 1L); // for each thread that writes
    bounds.put("Digests.shards", SHARDS);
    bounds.put("Shard.buckets", Digests.BUCKETS / SHARDS);
    for (String field : new String[] {"slices", "numbers", "added", "before", "after"}) {
      bounds.put("Shard." + field, (long) settings.slices());
    }
    bounds.put("Agreement.starts", MAX_STARTS);
    bounds.put("Agreement.theirs", 2L); // the first and the newest
    bounds.put("SliceComparison.suspects", SHARDS * settings.slices() + 1);
    bounds.put("SliceComparison.agreed", 2L * settings.slices() + SKEW_SLICES);
    bounds.put("NodeDescription.values", MAX_VALUES);
    bounds.put("PeerDescription.told", ComparedSetting.values().length + 1L); // and the clock
    bounds.put("Peers.senders", nodes);
    bounds.put("Peers.refused", MAX_REFUSED);
    bounds.put("UnlistedPeers.known", (long) Members.MAX_URLS);
    bounds.put("UnlistedPeers.listed", nodes);
    bounds.put("UnlistedPeers.expected", (long) Members.MAX_URLS);
    bounds.put("UnlistedPeers.callers", MAX_REMEMBERED);
    bounds.put("UnlistedPeers.removed", MAX_REMEMBERED);
    bounds.put("UnlistedPeers.own", (long) Members.MAX_URLS);
    bounds.put("UnlistedPeers.told", nodes + Members.MAX_URLS);
    bounds.put("Members.urls", (long) Members.MAX_URLS);
    bounds.put("Bootstrap.refusing", nodes);
    bounds.put("ClientAddresses.known", nodes);
    bounds.put("Chunks.views", MAX_VIEWS);
    bounds.put("MissFetcher.executors", FETCHING);
    bounds.put("PendingAcks.queue", CLIENTS);
    bounds.put("ItemTable.segments", items);
    bounds.put("Segment.slots", 4 * items); // not all of them are taken
    return bounds;
  }
}
