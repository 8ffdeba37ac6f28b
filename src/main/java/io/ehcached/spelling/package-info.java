/** What a misspelt name was probably meant to be. */
package io.ehcached.spelling;
