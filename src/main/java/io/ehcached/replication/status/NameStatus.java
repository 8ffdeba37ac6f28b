package io.ehcached.replication.status;

import java.util.OptionalLong;

/**
 * What a name in {@code rmiUrls} stands for, and since when.
 *
 * @param addresses how many peers it stands for, this node among them
 * @param secondsSinceResolved since the last answer that had an address; empty if there was none
 * @param unresolvedSeconds for how long there has been no such answer; 0 if the last was one
 * @param lastError why it could not be resolved last; empty if that never happened
 */
public record NameStatus(
    String name,
    int addresses,
    OptionalLong secondsSinceResolved,
    long unresolvedSeconds,
    String lastError) {}
