/**
 * What the text and the meta protocol share: the words of a line, and error lines. Rule: it does
 * not know commands.
 */
package io.ehcached.protocol.line;
