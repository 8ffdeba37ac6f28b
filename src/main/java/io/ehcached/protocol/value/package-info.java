/** The writing of answers' values, for all protocols. Rule: large values are not copied here. */
package io.ehcached.protocol.value;
