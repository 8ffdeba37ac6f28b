/**
 * The admin port: what a node's keepers are told over HTTP. Rule: it asks the node when it is asked
 * itself, shows no key and no value, and is not loaded where there is no admin port.
 */
package io.ehcached.monitor;
