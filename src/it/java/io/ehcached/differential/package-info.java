/**
 * The same asked of several servers, or of one in several protocols. Rule: whatever was asked, the
 * answers mean the same.
 */
package io.ehcached.differential;
