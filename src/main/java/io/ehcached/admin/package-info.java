/** What a node counts and tells about itself. Rule: numbers are true, or they are not shown. */
package io.ehcached.admin;
