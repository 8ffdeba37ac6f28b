/**
 * Tells whether nodes hold the same items, from outside: a client of each. Rule: it changes nothing
 * on a node, not even which items are evicted next.
 */
package io.ehcached.compare;
