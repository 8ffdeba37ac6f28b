/**
 * The command line: memcached's options with memcached's meaning, and ours. Rule: every mistake is
 * told with what to write instead, and nothing is done here but reading.
 */
package io.ehcached.options;
