package io.ehcached.replication.security;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was not let in; tells of each kind and origin in the log once. */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final int MAX_TOLD = 200; // a stranger must not be able to fill the log

  private final Map<Refusal, LongAdder> counts;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public Refusals() {
    Map<Refusal, LongAdder> zeros = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      zeros.put(refusal, new LongAdder());
    }
    counts = Collections.unmodifiableMap(zeros);
  }

  /**
   * Counts one, and logs it when it is the first of its kind from there.
   *
   * @param origin where it came from, an address say
   * @param text what happened and what to do about it, for the log
   */
  public void add(Refusal refusal, String origin, String text) {
    counts.get(refusal).increment();
    if (told.size() < MAX_TOLD && told.add(refusal + " " + origin)) {
      LOG.warn("{} (told once for {}; counted from then on)", text, origin);
    }
  }

  /** Returns how many there were of one kind. */
  public long count(Refusal refusal) {
    return counts.get(refusal).sum();
  }
}
