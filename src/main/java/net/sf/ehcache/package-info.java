/** Where Ehcache looks for extensions by name. Rule: nothing but those names. */
package net.sf.ehcache;
