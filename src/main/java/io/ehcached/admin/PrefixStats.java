package io.ehcached.admin;

import io.ehcached.item.Key;
import io.ehcached.protocol.PrintedKey;
import io.ehcached.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of {@code stats detail}: requests by the prefix of their key, which ends at the first
 * delimiter ({@code protocol.txt}, "Statistics"). Keys without one are not counted. Counting costs
 * the look-up of the prefix, and nothing while it is off. Safe for use by many threads.
 */
public final class PrefixStats {
  /** Memcached's default delimiter; {@code -D} sets another. */
  public static final char DEFAULT_DELIMITER = ':';

  /** The most prefixes that are counted; clients choose them, and could fill the heap. */
  static final int MAX_PREFIXES = 10_000;

  private final char delimiter;

  /** Sorted, so that a list can be continued from a prefix. */
  private final Map<Key, Counts> prefixes = new ConcurrentSkipListMap<>();

  private volatile boolean on;

  private static final class Counts {
    final LongAdder gets = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder sets = new LongAdder();
    final LongAdder deletes = new LongAdder();
  }

  /**
   * Creates empty counts.
   *
   * @param delimiter where a prefix ends, one byte
   * @param on whether it counts from the start
   */
  public PrefixStats(char delimiter, boolean on) {
    this.delimiter = delimiter;
    this.on = on;
  }

  /** Tells whether requests are counted. */
  public boolean isOn() {
    return on;
  }

  /** Starts or stops counting; the counts stay. */
  public void turn(boolean nowOn) {
    on = nowOn;
  }

  /** Returns where a prefix ends. */
  public char delimiter() {
    return delimiter;
  }

  /** Counts a key asked for. */
  public void get(Key key, boolean hit) {
    Counts counts = counts(key);
    if (counts != null) {
      counts.gets.increment();
      if (hit) {
        counts.hits.increment();
      }
    }
  }

  /** Counts a value sent to be stored. */
  public void set(Key key) {
    Counts counts = counts(key);
    if (counts != null) {
      counts.sets.increment();
    }
  }

  /** Counts a key to delete. */
  public void delete(Key key) {
    Counts counts = counts(key);
    if (counts != null) {
      counts.deletes.increment();
    }
  }

  private Counts counts(Key key) {
    byte[] bytes = key.bytes();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == (byte) delimiter) {
        return of(Key.of(bytes, 0, i));
      }
    }
    return null;
  }

  private Counts of(Key prefix) {
    Counts counts = prefixes.get(prefix);
    return counts != null || prefixes.size() >= MAX_PREFIXES
        ? counts
        : prefixes.computeIfAbsent(prefix, key -> new Counts());
  }

  /** Resets the counts. */
  public void reset() {
    prefixes.clear();
  }

  /** Returns the counts, a line for each prefix, sorted. */
  public Stream dump() {
    return new LineStream<>(prefixes.entrySet().iterator(), PrefixStats::line);
  }

  private static List<Stream.TextLine> line(Map.Entry<Key, Counts> entry) {
    StringBuilder text = new StringBuilder("PREFIX ");
    appendPrefix(entry.getKey(), text);
    Counts counts = entry.getValue();
    text.append(" get ").append(counts.gets.sum());
    text.append(" hit ").append(counts.hits.sum());
    text.append(" set ").append(counts.sets.sum());
    text.append(" del ").append(counts.deletes.sum());
    return List.of(new Stream.TextLine(text.toString()));
  }

  private static void appendPrefix(Key prefix, StringBuilder text) {
    if (PrintedKey.isPlain(prefix)) {
      text.append(new String(prefix.bytes(), StandardCharsets.ISO_8859_1));
    } else {
      PrintedKey.appendEncoded(prefix, text);
    }
  }
}
