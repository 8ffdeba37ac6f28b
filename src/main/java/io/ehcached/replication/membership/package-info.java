/**
 * Who the peers are, and what is so of all of them. Rule: it makes the senders; what is said to one
 * peer is said by its sender.
 */
package io.ehcached.replication.membership;
