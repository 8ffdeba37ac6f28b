/** TLS for clients. Rule: whatever is loaded is checked whole before it is used. */
package io.ehcached.server.tls;
