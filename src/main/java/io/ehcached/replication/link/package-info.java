/**
 * How frames travel between two nodes: Java RMI over sockets of our own. Rule: nothing here blocks
 * without a deadline, and no object comes in but bytes.
 */
package io.ehcached.replication.link;
