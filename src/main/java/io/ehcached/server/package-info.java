/** Sockets, pipeline, limits and back-pressure. Rule: moves bytes, and means nothing by them. */
package io.ehcached.server;
