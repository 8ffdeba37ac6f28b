/** Memcached's meta protocol on the wire. Rule: reads and writes it, and knows no semantics. */
package io.ehcached.protocol.meta;
