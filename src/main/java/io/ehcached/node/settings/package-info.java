/**
 * The command line as settings of the node's parts, and what is wrong with them. Rule: it may read
 * the files that options name; it listens on nothing and starts no thread.
 */
package io.ehcached.node.settings;
