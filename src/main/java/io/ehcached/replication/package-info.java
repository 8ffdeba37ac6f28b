/**
 * Makes nodes hold the same items: {@link io.ehcached.replication.Replicator} is what a node sees
 * of it, and connects the packages below. Rule: it knows nothing of Ehcache; settings are handed to
 * it, and items are the store's.
 */
package io.ehcached.replication;
