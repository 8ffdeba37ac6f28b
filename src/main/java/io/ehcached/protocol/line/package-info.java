/**
 * What the protocols of lines have in common: words, numbers, data blocks, the answers to errors.
 * Rule: no command is known here.
 */
package io.ehcached.protocol.line;
