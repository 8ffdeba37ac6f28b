/**
 * Small answers over HTTP. Rule: it takes no thread and no memory that clients need, however it is
 * asked.
 */
package io.ehcached.monitor.http;
