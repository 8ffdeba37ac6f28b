/**
 * Ehcache's MBeans. Rule: what they show of the served region is true, though its items are in a
 * table of our own, and what they do is what a client's command does.
 */
package io.ehcached.monitor.jmx;
