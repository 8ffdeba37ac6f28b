/**
 * Reads, checks and explains {@code ehcache.xml}. Rule: Ehcache's own grammar; every finding names
 * the file, the element, and what to write instead.
 */
package io.ehcached.config;
