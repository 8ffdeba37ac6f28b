/**
 * The admin port: monitoring over HTTP. Rule: it queries the node only when it is asked itself,
 * shows no key and no value, and only {@code AdminPort} itself is loaded without {@code
 * --admin-port}.
 */
package io.ehcached.monitor;
