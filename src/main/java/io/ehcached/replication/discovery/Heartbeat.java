package io.ehcached.replication.discovery;

import java.net.InetAddress;
import java.util.List;

/**
 * What a node tells all others now and then: that it is there, since when, and which regions it
 * has.
 *
 * @param cluster nodes of another cluster take no notice
 * @param incarnation tells this process from the one that was there before
 * @param sequence greater in each heartbeat of an incarnation
 * @param sentMillis the sender's wall clock
 * @param address where its registry is
 * @param port of its registry
 * @param leaving that this is the last one
 */
record Heartbeat(
    String cluster,
    Incarnation incarnation,
    long sequence,
    long sentMillis,
    InetAddress address,
    int port,
    List<String> regions,
    boolean leaving) {}
