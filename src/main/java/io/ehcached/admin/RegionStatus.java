package io.ehcached.admin;

import io.ehcached.store.StoreCounts;

/**
 * A region at one moment.
 *
 * @param items how many there are, dead ones that were not reclaimed yet among them
 * @param bytes how much memory they take
 * @param maxItems how many there may be; 0 is any number
 * @param maxBytes how much memory they may take; 0 is any
 * @param counts what happened to them by themselves since the node started
 */
public record RegionStatus(
    String name, long items, long bytes, long maxItems, long maxBytes, StoreCounts counts) {}
