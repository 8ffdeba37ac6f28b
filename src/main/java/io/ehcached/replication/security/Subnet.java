package io.ehcached.replication.security;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/** The addresses that begin with the same bits as one of this node's own. */
record Subnet(InetAddress address, int prefix) {
  /** Returns the subnets that an interface is in. */
  static List<Subnet> of(NetworkInterface nic) {
    List<Subnet> subnets = new ArrayList<>();
    for (InterfaceAddress a : nic.getInterfaceAddresses()) {
      subnets.add(new Subnet(a.getAddress(), a.getNetworkPrefixLength()));
    }
    return subnets;
  }

  boolean contains(InetAddress other) {
    byte[] a = address.getAddress();
    byte[] b = other.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >>> (bit & 7);
      if ((a[bit >>> 3] & mask) != (b[bit >>> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
