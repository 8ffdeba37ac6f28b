/**
 * Measures replication, ours beside stock Ehcache's; started by {@code bench/replication}. Rule:
 * both sides get the same {@code ehcache.xml}, the same items and the same moments to start and end
 * at, and nothing here is run by the build.
 */
package io.ehcached.bench;
