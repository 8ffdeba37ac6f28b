/**
 * How nodes find each other and come to hold the same items. Rule: it knows nothing of Ehcache;
 * settings are handed to it, and items are the store's.
 */
package io.ehcached.replication;
