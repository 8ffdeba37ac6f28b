package io.ehcached.replication;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of one peer. */
final class PeerCounts {
  /** Entries handed over. */
  final LongAdder sent = new LongAdder();

  /** Entries that came. */
  final LongAdder received = new LongAdder();

  /** Of these, the ones that stand now. */
  final LongAdder merged = new LongAdder();

  /** Of these, the ones that something newer stood against. */
  final LongAdder refusedOlder = new LongAdder();

  /** Of these, the ones stamped too far ahead. */
  final LongAdder refusedAhead = new LongAdder();

  /** Entries handed over since a comparison showed that the peer lacked them. */
  final LongAdder repaired = new LongAdder();

  /** Items dropped here, since the peer had lost track of what happened to them. */
  final LongAdder dropped = new LongAdder();

  /** Items written once more here, since neither node could know what happened to them. */
  final LongAdder renewed = new LongAdder();

  /** How often so many keys waited that they were dropped, to be found by comparing. */
  final LongAdder overflows = new LongAdder();

  /** Calls that failed. */
  final LongAdder errors = new LongAdder();
}
