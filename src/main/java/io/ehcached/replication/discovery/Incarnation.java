package io.ehcached.replication.discovery;

import java.security.SecureRandom;

/**
 * One life of a node, from its start to its end.
 *
 * @param startedMillis the node's wall clock at its start
 * @param number drawn at random
 */
public record Incarnation(long startedMillis, long number) {
  /** Returns a new one, which begins now. */
  public static Incarnation begin() {
    return new Incarnation(System.currentTimeMillis(), new SecureRandom().nextLong());
  }
}
