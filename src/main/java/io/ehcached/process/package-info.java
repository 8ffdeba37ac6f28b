/**
 * The process of a node: how its JVM is started, and its pid and port files. Rule: what {@code
 * bin/ehcached} and the node must agree on is here.
 */
package io.ehcached.process;
