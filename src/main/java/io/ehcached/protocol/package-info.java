/**
 * Requests and responses, independent of a wire format. Rule: shaped on memcached's meta protocol,
 * which is the superset; no codec and no meaning lives here.
 */
package io.ehcached.protocol;
