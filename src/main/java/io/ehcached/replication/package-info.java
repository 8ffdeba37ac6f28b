/**
 * How nodes find each other and come to hold the same items. Rule: built from Ehcache's own
 * extension points, over RMI.
 */
package io.ehcached.replication;
