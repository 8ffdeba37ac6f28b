/** The counters and statistics of a node. Rule: a number that is shown is true. */
package io.ehcached.admin;
