/**
 * Authentication of clients: users, passwords, and the limit on failed logins. Rule: no password
 * leaves this package, not even to the log.
 */
package io.ehcached.auth;
