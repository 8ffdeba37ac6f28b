/**
 * A node's end of the network of peers, put together as {@code ehcache.xml} says. Rule: the stock
 * factories' properties, with the stock meaning.
 */
package io.ehcached.replication.network;
