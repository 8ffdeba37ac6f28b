/**
 * Copies what the peers hold to a node that has just started. Rule: the copy is merged, so that it
 * never takes the place of anything newer.
 */
package io.ehcached.replication.bootstrap;
