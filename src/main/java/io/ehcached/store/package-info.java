/**
 * Atomic operations on the items of an Ehcache region. Rule: every write to the region happens
 * here, under the lock of its key, with a new stamp.
 */
package io.ehcached.store;
