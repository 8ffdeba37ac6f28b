/** The writing of answers' values, for all protocols. Rule: a large one is not copied here. */
package io.ehcached.protocol.value;
