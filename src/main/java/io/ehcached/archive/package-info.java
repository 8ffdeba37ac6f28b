/** The training run for the archive of classes that the build makes. Rule: a node never uses it. */
package io.ehcached.archive;
