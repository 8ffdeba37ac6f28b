package io.ehcached.replication.link;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.net.Socket;
import java.rmi.server.RMIClientSocketFactory;

/**
 * What a stub carries in place of sockets: nothing. Whoever reads the stub gets the sockets of the
 * link that looked it up, and with them its own timeouts, secret and address.
 */
final class StubSockets implements RMIClientSocketFactory, Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("a node calls its own regions directly");
  }

  private Object readResolve() throws ObjectStreamException {
    LinkSockets sockets = LinkSockets.unmarshalling();
    if (sockets == null) {
      throw new InvalidObjectException("a stub that no link has looked up");
    }
    return sockets;
  }
}
