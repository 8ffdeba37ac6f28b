/**
 * Atomic per-key operations on an Ehcache region. Rule: whoever writes to the region does so here,
 * under the key's lock, with a new stamp.
 */
package io.ehcached.store;
