package io.ehcached.node;

import io.ehcached.address.AddressText;
import io.ehcached.admin.NodeStatus;
import io.ehcached.monitor.AdminPort;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.server.ListenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the admin port, as the command line says. */
final class AdminPortOpener {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPortOpener.class);

  private AdminPortOpener() {}

  /**
   * Opens the port; returns {@link AdminPort#NONE} if none is asked for.
   *
   * @param leave lets the node leave its cluster
   * @throws UsageException when there is no such address
   * @throws IOException when it cannot be listened on
   */
  static AdminPort open(ServerOptions options, NodeStatus node, Runnable leave)
      throws UsageException, IOException {
    ServerOptions.Admin admin = options.admin();
    if (admin.port() == 0) {
      return AdminPort.NONE;
    }
    int wanted = ServerOptions.Network.toBind(admin.port());
    InetSocketAddress address = admin.listen().resolveAdmin(wanted);
    String host = admin.listen().host();
    try {
      AdminPort port = AdminPort.open(address, node, leave, names(options));
      port.address()
          .ifPresent(open -> LOG.info("the admin port is http://{}/", shown(host, open.getPort())));
      if (!address.getAddress().isLoopbackAddress()) {
        LOG.warn(
            "--admin-listen {}: anyone who can connect to the admin port can read what it shows, because it does not authenticate; use it only in a network that you trust",
            host);
      }
      return port;
    } catch (IOException e) {
      throw ListenException.of(
          address,
          shown(host, wanted) + " for the admin port",
          "--admin-port",
          "--admin-listen",
          e);
    }
  }

  /** Returns the names of this node: those that the options give, and the machine's own. */
  private static List<String> names(ServerOptions options) {
    List<String> names = new ArrayList<>(options.admin().hosts());
    names.add(options.admin().listen().host());
    options.node().advertise().ifPresent(address -> names.add(address.host()));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      LOG.debug("this machine does not know its own name: {}", e.getMessage());
    }
    return names;
  }

  private static String shown(String host, int port) {
    return AddressText.bracketed(host) + ":" + port;
  }
}
