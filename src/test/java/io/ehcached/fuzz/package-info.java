/**
 * Input that nobody meant, for whatever reads what strangers send. Rule: any bytes at all end in
 * answers or a closed connection, and cost no more memory than they have bytes, times a constant.
 */
package io.ehcached.fuzz;
