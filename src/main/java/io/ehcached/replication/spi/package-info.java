/**
 * What replication runs on and is told by: clocks, executors, links to peers, and who the peers
 * are. Rule: interfaces alone, which know nothing of the rest.
 */
package io.ehcached.replication.spi;
