/**
 * How a running node follows its {@code ehcache.xml}. Rule: what cannot take effect at once changes
 * nothing, and is told with its place in the file.
 */
package io.ehcached.reload;
