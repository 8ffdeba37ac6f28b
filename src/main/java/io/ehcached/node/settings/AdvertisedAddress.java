package io.ehcached.node.settings;

import io.ehcached.address.AddressText;
import io.ehcached.admin.Membership.Member;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.UsageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Where clients are told to find a node. */
public final class AdvertisedAddress {
  private AdvertisedAddress() {}

  /**
   * Returns what was asked for, or else where the node listens; where that is at all addresses, the
   * one by which peers know it.
   *
   * @param wanted {@code --advertise}
   * @param listened where the node listens for TCP
   * @param amongPeers the address by which peers know it; empty without peers
   * @return empty if clients can connect by a unix socket only
   * @throws UsageException when the name wanted has no address
   */
  public static Optional<Member> of(
      Optional<ListenAddress> wanted,
      List<InetSocketAddress> listened,
      Optional<InetAddress> amongPeers)
      throws UsageException {
    if (listened.isEmpty()) {
      return Optional.empty();
    }
    int port = listened.get(0).getPort();
    if (wanted.isPresent()) {
      ListenAddress address = wanted.get();
      String ip = AddressText.withoutZone(address.resolve(0).getAddress());
      return Optional.of(new Member(address.host(), ip, address.port().orElse(port)));
    }
    InetAddress address = listened.get(0).getAddress();
    if (address.isAnyLocalAddress()) {
      address = amongPeers.orElseGet(AdvertisedAddress::ownAddress);
    }
    return Optional.of(
        new Member(AddressText.withoutZone(address), AddressText.withoutZone(address), port));
  }

  private static InetAddress ownAddress() {
    try {
      return InetAddress.getLocalHost();
    } catch (UnknownHostException e) { // a machine that does not know its own name
      return InetAddress.getLoopbackAddress();
    }
  }
}
