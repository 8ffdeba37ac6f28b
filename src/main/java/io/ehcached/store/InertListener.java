package io.ehcached.store;

import net.sf.ehcache.event.CacheEventListenerAdapter;

/** A listener that ignores all events; a region's configuration may name one. */
public abstract class InertListener extends CacheEventListenerAdapter {}
