package io.ehcached.replication;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.server.RMISocketFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes all sockets of RMI: registry, remote objects, and connections to peers. Servers listen at
 * the node's own address only, where RMI by itself listens at every address. A port can be taken
 * beforehand, so that it is certain to be free when RMI comes for it. The JVM takes one such
 * factory for good; safe for use by many threads.
 */
final class RmiSockets extends RMISocketFactory {
  private static final int BACKLOG = 50;

  private final Map<Integer, ServerSocket> reserved = new ConcurrentHashMap<>();
  private volatile InetAddress bindAddress;
  private volatile int timeoutMillis;

  /** Says where servers listen from now on, and how long connecting may take at most. */
  void use(InetAddress address, int timeout) {
    bindAddress = address;
    timeoutMillis = timeout;
  }

  /**
   * Takes a port until RMI comes for it.
   *
   * @param port 0: any free one
   * @return the port
   * @throws java.net.BindException when it is taken
   */
  int reserve(int port) throws IOException {
    ServerSocket socket = listen(port);
    reserved.put(socket.getLocalPort(), socket);
    return socket.getLocalPort();
  }

  /** Gives back the ports that RMI did not come for. */
  void release() {
    reserved.values().forEach(RmiSockets::close);
    reserved.clear();
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing was sent over it
    }
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(bindAddress, port), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    ServerSocket socket = reserved.remove(port);
    return socket == null ? listen(port) : socket;
  }

  /**
   * Connects to a peer. To a port that is still reserved there is nobody to connect to: so Ehcache,
   * looking for a registry at its own port, finds none and makes its own.
   */
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (reserved.containsKey(port) && isOwn(address.getAddress())) {
      throw new ConnectException("nobody answers yet at port " + port);
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, timeoutMillis);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  private static boolean isOwn(InetAddress address) throws SocketException {
    return address != null
        && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
  }
}
