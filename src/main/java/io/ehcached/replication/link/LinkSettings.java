package io.ehcached.replication.link;

import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import java.net.InetAddress;

/**
 * What all the links of one node have in common.
 *
 * @param address this node's own, to listen at and to call from; null when it only calls
 * @param timeoutMillis how long connecting, proving and looking up may take, each
 * @param maxFrameBytes the longest frame, and the longest answer, there may be
 * @param hosts who may connect where nobody has to prove anything
 */
public record LinkSettings(
    InetAddress address,
    int timeoutMillis,
    int maxFrameBytes,
    PeerSecurity security,
    HostRules hosts,
    Refusals refusals) {}
