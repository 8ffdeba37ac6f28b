/**
 * This node's own replica of the region. Rule: it knows nothing of any single peer; all that is
 * told to peers or taken from them passes through it.
 */
package io.ehcached.replication.replica;
