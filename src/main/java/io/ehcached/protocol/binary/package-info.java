/** Memcached's binary protocol on the wire. Rule: reads and writes it, and knows no semantics. */
package io.ehcached.protocol.binary;
