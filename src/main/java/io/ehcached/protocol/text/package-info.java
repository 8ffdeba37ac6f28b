/** Memcached's text protocol on the wire. Rule: reads and writes it, and knows no semantics. */
package io.ehcached.protocol.text;
