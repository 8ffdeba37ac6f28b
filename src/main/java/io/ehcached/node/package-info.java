/**
 * A running node: how its parts are put together, started, reloaded and stopped. Rule: one class
 * alone connects parts; a part that a node lacks is a null object.
 */
package io.ehcached.node;
