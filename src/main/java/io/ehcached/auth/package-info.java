/**
 * Who may be served: the users and their passwords, and how often one may try. Rule: a password
 * goes in, and none comes out, in a log or anywhere else.
 */
package io.ehcached.auth;
