/**
 * How one region is replicated. Rule: values that were read and checked before; nothing is opened
 * and nothing is logged.
 */
package io.ehcached.replication.settings;
