/**
 * Answers what peers ask. Rule: a frame is read without trust, and nothing here waits for another
 * node.
 */
package io.ehcached.replication.receiver;
