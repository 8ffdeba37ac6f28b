package io.ehcached.replication.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of stubs that carry no factory: there are none. The RMI runtime calls the host that a
 * stub names as soon as it has read the stub, so a peer could otherwise have this node connect to
 * any host and port. The process has only one of these; it is the same for all its nodes.
 */
final class ForeignSockets extends RMISocketFactory {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignSockets.class);

  private ForeignSockets() {}

  /** Puts them into effect, unless they are. */
  static synchronized void refuse() {
    if (RMISocketFactory.getSocketFactory() != null) {
      return;
    }
    try {
      RMISocketFactory.setSocketFactory(new ForeignSockets());
    } catch (IOException e) {
      LOG.warn("Stubs of peers may have this node connect elsewhere: {}", e.getMessage());
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new ConnectException(
        "a stub that would have this node connect to " + host + ":" + port + " is not used");
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return new ServerSocket(port);
  }
}
