package io.ehcached.replication.network;

import io.ehcached.replication.PeerSettingsException;
import io.ehcached.replication.security.PeerSecurity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;

/**
 * Where peers call this node: the properties of {@code cacheManagerPeerListenerFactory}.
 *
 * @param address by which peers know this node
 * @param bindAddress to listen at, and nowhere else; the same unless said otherwise
 * @param isDefault whether the address is only what this machine's name stands for
 * @param port of the registry; 0 for any that is free
 * @param objectPort of the regions; 0 for the registry's
 * @param timeoutMillis how long a peer may take to be connected to and looked up
 */
record ListenerSettings(
    InetAddress address,
    InetAddress bindAddress,
    boolean isDefault,
    int port,
    int objectPort,
    int timeoutMillis,
    PeerSecurity security) {
  static final int DEFAULT_TIMEOUT_MILLIS = 2_000;

  private static final String ELEMENT = "cacheManagerPeerListenerFactory";
  private static final int MAX_PORT = 0xffff;
  private static final int MIN_TIMEOUT_MILLIS = 200;
  private static final int MAX_TIMEOUT_MILLIS = 600_000;

  static ListenerSettings of(Properties given) {
    PeerProperties properties = new PeerProperties(ELEMENT, given);
    String hostName = properties.text("hostName");
    InetAddress address =
        hostName == null ? ownAddress() : properties.address("hostName", hostName);
    String bindAddress = properties.text("bindAddress");
    return new ListenerSettings(
        address,
        bindAddress == null ? address : properties.anyAddress("bindAddress", bindAddress),
        hostName == null,
        properties.number("port", 0, 0, MAX_PORT),
        properties.number("remoteObjectPort", 0, 0, MAX_PORT),
        properties.number(
            "socketTimeoutMillis", DEFAULT_TIMEOUT_MILLIS, MIN_TIMEOUT_MILLIS, MAX_TIMEOUT_MILLIS),
        properties.security());
  }

  private static InetAddress ownAddress() {
    try {
      return InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      throw new PeerSettingsException(
          "This machine's own name is not known to it ("
              + e.getMessage()
              + "): set hostName in "
              + ELEMENT
              + " to the address at which peers reach it",
          e);
    }
  }
}
