/**
 * The state of replication, as operators see it. Rule: plain values, which the other packages fill
 * in.
 */
package io.ehcached.replication.status;
