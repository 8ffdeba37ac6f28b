/** Sockets, pipeline, limits and back-pressure. Rule: transfers bytes without interpreting them. */
package io.ehcached.server;
