/**
 * Immutable stored things: what an item and its key are, when it expires, and the stamp that orders
 * its versions on all nodes. Rule: nothing here knows Ehcache, Netty or a protocol.
 */
package io.ehcached.item;
