/** How addresses are written. */
package io.ehcached.address;
