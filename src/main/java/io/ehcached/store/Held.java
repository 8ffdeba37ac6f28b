package io.ehcached.store;

import io.ehcached.item.Key;

/**
 * One write that a store holds.
 *
 * @param removal whether it was a removal, or an item that has expired
 */
public record Held(Key key, long stamp, boolean removal) {}
