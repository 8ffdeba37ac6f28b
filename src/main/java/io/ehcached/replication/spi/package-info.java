/**
 * What replication runs on and is told by: clocks, executors, links to peers, and who the peers
 * are. Rule: interfaces, and the failures that their callers tell apart; they know nothing of the
 * rest.
 */
package io.ehcached.replication.spi;
