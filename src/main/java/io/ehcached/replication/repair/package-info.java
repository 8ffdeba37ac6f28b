/**
 * Compares what this node and one peer hold, and repairs differences. Rule: each node repairs what
 * it holds itself, and never delays a write.
 */
package io.ehcached.replication.repair;
