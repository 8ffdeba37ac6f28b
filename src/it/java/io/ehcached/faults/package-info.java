/**
 * What nodes come to hold after faults. Rule: nodes are processes of their own, faults are the
 * system's (signals, a network that drops), and all nodes are read by clients.
 */
package io.ehcached.faults;
