/**
 * What a node says of its own settings: in the log, in {@code stats settings}, and to {@code
 * --check-config}. Rule: it shows no secret.
 */
package io.ehcached.node.report;
