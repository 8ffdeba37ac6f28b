/**
 * The state of replication, as operators see it. Rule: plain values; whoever knows a value fills it
 * in.
 */
package io.ehcached.replication.status;
