/**
 * The log of a node: where it goes, its level, and the form of a line. Rule: only this package
 * configures the logging library.
 */
package io.ehcached.logging;
