package io.ehcached.store;

import net.sf.ehcache.event.CacheEventListenerAdapter;

/** A listener that a region's configuration names and that hears nothing. */
public abstract class InertListener extends CacheEventListenerAdapter {}
