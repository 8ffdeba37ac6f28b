/**
 * Memcached's semantics, once for all protocols. Rule: knows neither a wire nor how items are kept.
 */
package io.ehcached.command;
