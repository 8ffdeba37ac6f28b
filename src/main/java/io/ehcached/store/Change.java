package io.ehcached.store;

/**
 * A change of one item, made under its key's lock.
 *
 * @param <C> what the decision is made from, and where it leaves its outcome
 */
@FunctionalInterface
public interface Change<C> {
  /**
   * Returns a new item to store, {@code old} itself to change nothing, or null to remove the item.
   *
   * @param old the live item under the key, or null
   */
  StoredItem apply(StoredItem old, C context);
}
