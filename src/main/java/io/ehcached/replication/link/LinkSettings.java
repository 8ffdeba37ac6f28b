package io.ehcached.replication.link;

import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import java.net.InetAddress;

/**
 * What all the links of one node have in common.
 *
 * @param address this node's own, as peers know it
 * @param bindAddress where it listens, and calls from: mostly the same; every address where the own
 *     one is not this machine's but a router's
 * @param timeoutMillis how long a peer may keep silent where no call's deadline says otherwise
 * @param maxFrameBytes the longest frame, and the longest answer, there may be
 * @param hosts who may connect where nobody has to prove anything
 */
public record LinkSettings(
    InetAddress address,
    InetAddress bindAddress,
    int timeoutMillis,
    int maxFrameBytes,
    PeerSecurity security,
    HostRules hosts,
    Refusals refusals) {
  private static final int MAX_LOOKUP_MILLIS = 3_000;

  /**
   * Returns how long a peer may take to be connected to, proved and looked up, in milliseconds. To
   * begin anew sooner is quicker than to wait for what the network has lost.
   */
  int lookupMillis() {
    return Math.min(timeoutMillis, MAX_LOOKUP_MILLIS);
  }
}
