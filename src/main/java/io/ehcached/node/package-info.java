/**
 * A running node: how its parts are connected, started, reloaded and stopped. Rule: only {@code
 * NodeBuilder} connects parts; a part that a node lacks is a null object.
 */
package io.ehcached.node;
