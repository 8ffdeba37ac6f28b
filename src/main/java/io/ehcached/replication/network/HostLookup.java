package io.ehcached.replication.network;

import io.ehcached.replication.settings.PeerSettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the hosts that a property of an element names, with faults that name both. */
record HostLookup(String element, String property) {
  static final HostLookup LISTENER = new HostLookup("cacheManagerPeerListenerFactory", "hostName");
  static final HostLookup BIND_ADDRESS =
      new HostLookup("cacheManagerPeerListenerFactory", "bindAddress");
  static final HostLookup PROVIDER = new HostLookup("cacheManagerPeerProviderFactory", "hostName");
  static final HostLookup GROUP =
      new HostLookup("cacheManagerPeerProviderFactory", "multicastGroupAddress");

  /**
   * Returns the address of a host.
   *
   * @throws PeerSettingsException when this machine knows none
   */
  InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw fault(host, " is not a host that this machine knows");
    }
  }

  /**
   * Returns the address of a host, which must be one alone.
   *
   * @throws PeerSettingsException when it is none, or every address
   */
  InetAddress oneAddress(String host) {
    InetAddress address = address(host);
    if (address.isAnyLocalAddress()) {
      throw fault(host, " is every address: write the one at which peers reach this machine");
    }
    return address;
  }

  private PeerSettingsException fault(String host, String text) {
    return new PeerSettingsException(element + ": " + property + "=" + host + text);
  }
}
