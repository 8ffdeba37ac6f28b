/**
 * The semantics of memcached's commands, once for all protocols. Rule: knows neither wire formats
 * nor how items are stored.
 */
package io.ehcached.command;
