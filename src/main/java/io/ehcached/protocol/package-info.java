/**
 * What was asked and what was answered, on no particular wire. Rule: shaped on memcached's meta
 * protocol, which is the superset; no codec and no meaning lives here.
 */
package io.ehcached.protocol;
