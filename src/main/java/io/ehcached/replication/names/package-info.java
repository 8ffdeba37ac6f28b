/**
 * What names stand for at the moment: asks the hosts file and DNS. Rule: it remembers no answer for
 * others, knows no peers, and blocks no caller.
 */
package io.ehcached.replication.names;
