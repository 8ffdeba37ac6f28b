/**
 * The process that a node is: how its JVM is started, and the files by which others know of it.
 * Rule: what {@code bin/ehcached} and the node must agree on is here.
 */
package io.ehcached.process;
