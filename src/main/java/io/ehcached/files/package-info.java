/**
 * Checks and writes files that an option names. Rule: an operator learns why a file cannot be used,
 * and other processes never see half of a file.
 */
package io.ehcached.files;
