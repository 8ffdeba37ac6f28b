/**
 * The bytes that nodes exchange. Rule: compact, versioned, and read without trust: every length is
 * held against what is left before anything is allocated.
 */
package io.ehcached.replication.wire;
