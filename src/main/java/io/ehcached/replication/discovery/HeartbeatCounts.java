package io.ehcached.replication.discovery;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of heartbeats over a node's life, in however many groups it looks for peers one
 * after the other.
 *
 * @param sequence the number of the last one; others drop what is not greater
 * @param sent how many this node sent
 * @param received how many datagrams came from others, of all kinds
 */
public record HeartbeatCounts(AtomicLong sequence, LongAdder sent, LongAdder received) {
  /** Makes those of a node that has sent and heard nothing. */
  public HeartbeatCounts() {
    this(new AtomicLong(), new LongAdder(), new LongAdder());
  }
}
