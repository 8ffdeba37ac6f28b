package io.ehcached.replication.status;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of one peer. */
public final class PeerCounts {
  /** Entries handed over. */
  public final LongAdder sent = new LongAdder();

  /** Entries that came. */
  public final LongAdder received = new LongAdder();

  /** Of these, the ones that stand now. */
  public final LongAdder merged = new LongAdder();

  /** Of these, the ones that something newer stood against. */
  public final LongAdder refusedOlder = new LongAdder();

  /** Of these, the ones stamped too far ahead. */
  public final LongAdder refusedAhead = new LongAdder();

  /** Entries handed over since a comparison showed that the peer lacked them. */
  public final LongAdder repaired = new LongAdder();

  /** Items dropped here, since the peer had lost track of what happened to them. */
  public final LongAdder dropped = new LongAdder();

  /** Items written once more here, since neither node could know what happened to them. */
  public final LongAdder renewed = new LongAdder();

  /** How often so many keys waited that they were dropped, to be found by comparing. */
  public final LongAdder overflows = new LongAdder();

  /** Calls that failed. */
  public final LongAdder errors = new LongAdder();

  /** Returns what was counted so far. */
  public PeerStatus.Counts now() {
    return new PeerStatus.Counts(
        sent.sum(),
        received.sum(),
        merged.sum(),
        refusedOlder.sum(),
        refusedAhead.sum(),
        repaired.sum(),
        dropped.sum(),
        renewed.sum(),
        overflows.sum(),
        errors.sum());
  }
}
