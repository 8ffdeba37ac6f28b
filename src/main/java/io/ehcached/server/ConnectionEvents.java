package io.ehcached.server;

import io.ehcached.address.AddressText;
import io.ehcached.admin.watch.LogBuffer;
import io.ehcached.admin.watch.LogEntry;
import io.ehcached.admin.watch.LogKind;
import java.net.InetSocketAddress;

/** Tells those who watch that one client came and went. */
final class ConnectionEvents {
  private final LogBuffer log;
  private final Connection connection;
  private final InetSocketAddress address; // a closed socket does not know it any more

  ConnectionEvents(LogBuffer log, Connection connection) {
    this.log = log;
    this.connection = connection;
    this.address = connection.remoteAddress();
  }

  void connected() {
    if (log.isWatched(LogKind.CONNEVENTS)) {
      log.add(new LogEntry.Connected(host(), port(), transport(), connection.id()));
    }
  }

  void disconnected() {
    if (log.isWatched(LogKind.CONNEVENTS)) {
      log.add(
          new LogEntry.Disconnected(
              host(), port(), transport(), connection.lifecycle().reason(), connection.id()));
    }
  }

  private String host() {
    return address == null ? "unix" : AddressText.of(address.getAddress());
  }

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private String transport() {
    return address == null ? "local" : "tcp";
  }
}
