package io.ehcached.node.settings;

import io.ehcached.auth.Authenticator;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.RegionBound;
import io.ehcached.logging.Logging;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.Mistakes;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.process.JvmArguments;
import io.ehcached.process.OpenFiles;
import io.ehcached.process.PidFile;
import io.ehcached.process.PortFile;
import io.ehcached.replication.network.ListenerSettings;
import io.ehcached.replication.network.PeerSettings;
import io.ehcached.server.ListenException;
import io.ehcached.server.MemcachedServer;
import io.ehcached.server.Transport;
import io.ehcached.server.UdpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What would keep a node from starting though command line and file are right each by itself: files
 * that options name, a heap too small, a port that is wanted twice. Nothing is opened for good.
 */
public final class StartCheck {
  private static final long MB = 1024 * 1024;

  private final ServerOptions options;
  private final Mistakes found = new Mistakes();
  private ClientTls tls = ClientTls.NONE;
  private boolean permissions;

  /** Goes on from what is known of the command line. */
  public StartCheck(ServerOptions options, List<String> mistakes) {
    this.options = options;
    mistakes.forEach(found::fault);
  }

  /** Looks at all of it. */
  public void run(NodeConfiguration configuration) {
    found.check(
        () -> {
          Optional<Authenticator> unused = FrontEnd.authenticator(options);
        });
    found.check(() -> PeerSecuritySettings.security(options));
    found.check(() -> tls = ClientTls.of(options));
    found.check(
        () -> {
          Transport unused = FrontEnd.transport(options.network().transport());
        });
    found.check(() -> OpenFiles.check(options.connections().max()).ifPresent(found::warn));
    checkAddresses(options.network());
    checkFiles(options.running());
    List<String> open = PrivateFiles.faults(options, configuration.peers());
    open.forEach(options.node().requirePrivateFiles() ? found::fault : found::warn);
    if (configuration.isUsable()) {
      found.check(() -> checkItemSize(options, configuration.bound()));
      found.check(() -> JvmArguments.check(options));
      checkPeers(configuration.peers());
    }
  }

  /**
   * Looks whether the largest item may take more than half of what {@code ehcache.xml} lets the
   * region hold; where -m says that, its reader has looked.
   *
   * @throws UsageException when it may, and the size is not the default
   */
  public static void checkItemSize(ServerOptions options, RegionBound bound) throws UsageException {
    long size = options.memory().maxItemSize();
    boolean said = options.memory().limit().isPresent();
    if (!said && size > MB && bound.bytes() > 0 && size > bound.bytes() / 2) {
      throw UsageException.badValue(
          "-I (largest item) is more than half of what ehcache.xml lets the region hold, "
              + bound
              + "; write at least -m "
              + (2 * size + MB - 1) / MB
              + ", or a smaller -I");
    }
  }

  private void checkAddresses(ServerOptions.Network network) {
    int port = ServerOptions.Network.toBind(network.port());
    int udpPort = ServerOptions.Network.toBind(network.udpPort());
    boolean unix = network.unixSocket().isPresent();
    for (ListenAddress address : network.listen()) {
      found.check(
          () -> {
            InetSocketAddress tcp = address.resolve(port);
            if (!unix && network.port() != 0) {
              checkAllowed(tcp, "-p");
            }
            if (!unix && network.udpPort() != 0) {
              checkAllowed(new InetSocketAddress(tcp.getAddress(), udpPort), "-U");
            }
          });
    }
    network.unixSocket().ifPresent(path -> found.check(() -> checkUnixSocket(path)));
    found.check(
        () -> {
          List<UdpEndpoint> unused = Endpoints.udp(network);
        });
    found.check(
        () -> {
          InetSocketAddress unused = options.admin().listen().resolveAdmin(0);
        });
  }

  private void checkAllowed(InetSocketAddress address, String portOption) throws UsageException {
    try {
      MemcachedServer.checkAllowed(address, portOption);
    } catch (ListenException e) {
      permissions |= e.isPermission();
      throw UsageException.badValue(e.getMessage());
    }
  }

  private static void checkUnixSocket(Path path) throws UsageException {
    try {
      MemcachedServer.checkUnixSocket(path);
    } catch (IOException e) {
      throw UsageException.badValue(e.getMessage());
    }
  }

  /** Looks at the files that a node writes, and at the one that says how it logs. */
  private void checkFiles(ServerOptions.Running running) {
    running.pidFile().ifPresent(file -> found.check(() -> PidFile.check(file)));
    options.network().portFile().ifPresent(file -> found.check(() -> PortFile.check(file)));
    running.logs().config().ifPresent(file -> found.check(() -> Logging.checkConfig(file)));
    boolean openedByAnother = running.daemon() && running.user().isPresent();
    if (!openedByAnother) {
      running.logFile().ifPresent(file -> found.check(() -> Logging.checkFile(file)));
    }
  }

  private void checkPeers(PeerSettings peers) {
    if (peers == null) {
      return;
    }
    found.check(() -> PeerSecuritySettings.check(options, peers));
    boolean proved =
        options.node().peerSecret().isPresent() || !peers.proofs().byProperty().isEmpty();
    if (options.node().requirePeerAuth() && !proved) {
      found.fault(
          "--require-peer-auth: nothing says how peers prove themselves; name a file with a secret"
              + " with --peer-secret, the same on all nodes");
    }
    ListenerSettings listener = peers.listener();
    ServerOptions.Network network = options.network();
    if (network.unixSocket().isEmpty() && network.port() > 0) {
      for (ListenAddress address : network.listen()) {
        checkPort(
            address, address.port().orElse(network.port()), "port", listener.port(), listener);
        checkPort(
            address,
            address.port().orElse(network.port()),
            "remoteObjectPort",
            listener.remoteObjectPort(),
            listener);
      }
    }
  }

  private void checkPort(
      ListenAddress address, int port, String property, int peers, ListenerSettings listener) {
    if (port == peers && overlap(address.host(), listener.bindAddress())) {
      found.fault(
          "-p "
              + port
              + ": "
              + property
              + "="
              + peers
              + " of cacheManagerPeerListenerFactory is the same at "
              + listener.bindAddress()
              + "; write another number in one of the two places");
    }
  }

  private static boolean overlap(String one, String other) {
    try {
      InetAddress a = InetAddress.getByName(one);
      InetAddress b = InetAddress.getByName(other);
      return a.isAnyLocalAddress() || b.isAnyLocalAddress() || a.equals(b);
    } catch (UnknownHostException e) {
      return false; // which is told elsewhere
    }
  }

  /** Returns what is wrong, a line each. */
  public List<String> mistakes() {
    return found.lines();
  }

  /** Tells whether the only mistake is that the user may not listen where it should. */
  public boolean lacksPermissionOnly() {
    return permissions && found.lines().size() == 1;
  }

  /** Returns what keeps no node from starting, and is probably a mistake, a line each. */
  public List<String> warnings() {
    return found.warnings();
  }

  /** Returns what is in effect of TLS; none if its files cannot be used. */
  public ClientTls tls() {
    return tls;
  }
}
