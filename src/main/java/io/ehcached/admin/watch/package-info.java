/**
 * The log that clients may watch. Rule: nobody who is watched ever waits for who watches; what
 * there is no room for is dropped and counted.
 */
package io.ehcached.admin.watch;
