package io.ehcached.store;

import io.ehcached.item.Key;

/**
 * Is shown what a store holds.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface HeldVisitor<E extends Exception> {
  /**
   * Looks at one write.
   *
   * @param removal whether it was a removal
   * @param arrived when this node came to know of it, in milliseconds of its wall clock
   */
  void visit(Key key, long stamp, boolean removal, long arrived) throws E;
}
