/**
 * How the values of answers leave, in all protocols alike. Rule: a large one is not copied here.
 */
package io.ehcached.protocol.value;
