package io.ehcached.replication.security;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Set;

/**
 * The hosts that peers may be on where nobody has to prove anything: those named in {@code
 * rmiUrls}, and with automatic discovery those of this node's own subnet. Safe for use by many
 * threads.
 */
public final class HostRules {
  private volatile Set<InetAddress> named = Set.of();
  private volatile Set<InetAddress> heard = Set.of();
  private volatile List<Subnet> subnets = List.of();
  private volatile boolean ownLoopback;
  private volatile InetAddress selfTest;
  private volatile Runnable search = () -> {};
  private volatile boolean incomplete;

  /** Lets in the hosts that the configuration names, and none that it named before. */
  public void allowNamed(Set<InetAddress> hosts) {
    named = Set.copyOf(hosts);
  }

  /**
   * Says how the hosts that the configuration names are looked up again.
   *
   * @param again does so, without blocking; called for each host that is not let in
   * @param more whether some of them are not known by their addresses yet
   */
  public void search(Runnable again, boolean more) {
    search = again;
    incomplete = more;
  }

  /**
   * Has the hosts that the configuration names looked up again, since one called that is not let
   * in.
   *
   * @return whether it may turn out to be one of those that were not known yet
   */
  public boolean mayBecomeKnown() {
    search.run();
    return incomplete;
  }

  /** Takes the hosts of which heartbeats tell in the place of those before; lets in nobody. */
  public void know(Set<InetAddress> hosts) {
    heard = Set.copyOf(hosts);
  }

  /** Tells whether a peer is known to be at {@code host}, and not only that one may be. */
  public boolean isKnown(InetAddress host) {
    return named.contains(host) || heard.contains(host);
  }

  /** Lets in all hosts of the subnets that an interface is in, and none of those let in before. */
  public void allowSubnets(NetworkInterface nic) {
    subnets = List.copyOf(Subnet.of(nic));
  }

  /** Lets in no host for the subnet that it is in. */
  public void allowNoSubnets() {
    subnets = List.of();
  }

  /** Lets in this machine over loopback, where nobody else can come from. */
  public void allowLoopback() {
    ownLoopback = true;
  }

  /** Lets in {@code own}, by which this node calls itself, until called with null. */
  public void allowSelfTest(InetAddress own) {
    selfTest = own;
  }

  /** Tells whether a peer may be at {@code host}. */
  public boolean allows(InetAddress host) {
    return (ownLoopback && host.isLoopbackAddress())
        || named.contains(host)
        || inSubnet(host)
        || host.equals(selfTest);
  }

  /** Tells whether {@code host} is on one of the subnets where peers are found by heartbeat. */
  public boolean inSubnet(InetAddress host) {
    for (Subnet subnet : subnets) {
      if (subnet.contains(host)) {
        return true;
      }
    }
    return false;
  }
}
