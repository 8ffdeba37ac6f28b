package io.ehcached.server;

import io.ehcached.admin.Counters;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A front end with one event loop, at a port of its own, and a test's executor behind it. */
final class TestServer implements AutoCloseable {
  final Counters counters = new Counters();
  private final MemcachedServer server;

  TestServer(Transport transport, int perTurn, CommandExecutor executor) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ServerSettings settings =
        new ServerSettings(
            List.of(new TcpEndpoint(any, false, Protocols.ANY)),
            null,
            List.of(),
            null,
            0,
            10,
            new ConnectionLimits(100, true, 0, 0, 0, 0, 0),
            1,
            perTurn,
            Protocols.ANY,
            transport,
            new Limits(1024 * 1024),
            null);
    server =
        MemcachedServer.start(
            settings, () -> executor, item -> true, counters, WatchLog.withDefaults());
  }

  int port() {
    return server.addresses().get(0).getPort();
  }

  @Override
  public void close() {
    server.stop();
  }
}
