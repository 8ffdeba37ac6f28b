/**
 * The counters and statistics of a node, and the views of it: its status, and what operators can
 * make it do. Rule: a number that is shown is true.
 */
package io.ehcached.admin;
