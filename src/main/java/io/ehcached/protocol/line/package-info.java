/**
 * What the text and the meta protocol share: the words of a line, and error lines. Rule: no command
 * is known here.
 */
package io.ehcached.protocol.line;
