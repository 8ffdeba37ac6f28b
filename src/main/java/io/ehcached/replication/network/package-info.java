/**
 * A node's end of the network of peers. Rule: it is opened with settings that were read and checked
 * before; the names of their properties are here for messages only.
 */
package io.ehcached.replication.network;
