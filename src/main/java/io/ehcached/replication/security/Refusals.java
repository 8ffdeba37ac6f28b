package io.ehcached.replication.security;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was not let in, and logs each kind and origin once an hour, up to a bound. */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final int MAX_TOLD = 200; // a stranger must not be able to fill the log
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final Map<Refusal, LongAdder> counts;
  private final LongSupplier nanos;
  private final Set<String> told = new HashSet<>(); // guarded by itself, as is the next
  private long hourBegan;

  public Refusals() {
    this(System::nanoTime);
  }

  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
    hourBegan = nanos.getAsLong();
    Map<Refusal, LongAdder> zeros = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      zeros.put(refusal, new LongAdder());
    }
    counts = Collections.unmodifiableMap(zeros);
  }

  /**
   * Counts one, and logs it when it is the first of its kind from there within an hour.
   *
   * @param origin where it came from, an address say
   * @param text what happened and what to do about it, for the log
   */
  public void add(Refusal refusal, String origin, String text) {
    counts.get(refusal).increment();
    if (isNew(refusal + " " + origin)) {
      LOG.warn("{} (logged once an hour for {}; all are counted)", text, origin);
    }
  }

  private boolean isNew(String what) {
    synchronized (told) {
      long now = nanos.getAsLong();
      if (now - hourBegan >= HOUR) {
        hourBegan = now;
        told.clear();
      }
      return told.size() < MAX_TOLD && told.add(what);
    }
  }

  /** Returns how many there were of one kind. */
  public long count(Refusal refusal) {
    return counts.get(refusal).sum();
  }
}
