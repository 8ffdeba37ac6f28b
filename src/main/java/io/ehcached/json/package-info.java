/** JSON text (RFC 8259), as logs and the admin port write it. Rule: uses no other package. */
package io.ehcached.json;
