package io.ehcached.replication.receiver;

import io.ehcached.item.Key;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.wire.Chunk;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.store.Digests;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives out all that a node holds, part by part. It lists the keys by bucket once for each node
 * that copies, so that a part costs no more than what is in it, and another node can go on from the
 * same bucket. Safe for use by many threads.
 */
final class Chunks {
  private static final int MAX_VIEWS = 4;

  private final LocalReplica local;
  private final Map<Long, SoftReference<View>> views = new LinkedHashMap<>();

  /** The keys as they were at one moment; those of bucket b are {@code starts[b]} and on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record View(Key[] keys, int[] starts) {}

  Chunks(LocalReplica local) {
    this.local = local;
  }

  /**
   * Returns the part that starts at a place, of about so many bytes but one entry at least.
   *
   * @param end the first bucket that is not wanted
   */
  Chunk from(Chunk.Place from, int end, int maxBytes) throws IOException {
    if (from.bucket() > end || end > Digests.BUCKETS) {
      throw new IOException("there are no buckets " + from.bucket() + " to " + end);
    }
    long name = from.view();
    View view = view(name);
    int index = from.index();
    if (view == null) {
      name = local.environment().random() | 1;
      view = list(name);
      index = 0;
    }
    int bucket = from.bucket();
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    while (bucket < end) {
      long at = (long) view.starts[bucket] + index;
      if (at >= view.starts[bucket + 1]) {
        bucket++;
        index = 0;
        continue;
      }
      Entry entry = local.current(view.keys[(int) at]);
      if (entry != null) {
        bytes += EntryCodec.size(entry);
        if (bytes > maxBytes && !entries.isEmpty()) {
          break;
        }
        entries.add(entry);
      }
      index++;
    }
    if (bucket >= Digests.BUCKETS) {
      drop(name);
    }
    return new Chunk(new Chunk.Place(name, bucket, index), view.keys.length, entries);
  }

  private synchronized View view(long name) {
    SoftReference<View> view = views.get(name);
    return view == null ? null : view.get();
  }

  private synchronized void drop(long name) {
    views.remove(name);
  }

  private View list(long name) {
    List<Key> keys = new ArrayList<>();
    local.store().held().forEach(held -> keys.add(held.key()));
    int[] starts = new int[Digests.BUCKETS + 1];
    for (Key key : keys) {
      starts[Digests.bucket(key) + 1]++;
    }
    for (int i = 0; i < Digests.BUCKETS; i++) {
      starts[i + 1] += starts[i];
    }
    Key[] sorted = new Key[keys.size()];
    int[] next = starts.clone();
    for (Key key : keys) {
      sorted[next[Digests.bucket(key)]++] = key;
    }
    View view = new View(sorted, starts);
    synchronized (this) {
      views.put(name, new SoftReference<>(view));
      if (views.size() > MAX_VIEWS) {
        views.remove(views.keySet().iterator().next());
      }
    }
    return view;
  }
}
