package io.ehcached.store;

/**
 * Decides what becomes of one item, while nobody else can change it.
 *
 * @param <C> what the decision is made from, and where it leaves its outcome
 */
@FunctionalInterface
public interface Change<C> {
  /**
   * Returns the item to store, which is a new one; {@code old} itself to leave all as it is; or
   * null, so that afterwards there is none.
   *
   * @param old the live item under the key, or null
   */
  StoredItem apply(StoredItem old, C context);
}
