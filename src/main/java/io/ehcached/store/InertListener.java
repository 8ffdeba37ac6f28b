package io.ehcached.store;

import net.sf.ehcache.event.CacheEventListenerAdapter;

/** The store's own listener of a region, which does not count as one of the file's. */
abstract class InertListener extends CacheEventListenerAdapter {}
