package io.ehcached.replication;

import java.io.IOException;
import java.net.InetAddress;
import java.rmi.server.RMISocketFactory;
import net.sf.ehcache.distribution.MulticastKeepaliveHeartbeatSender;

/**
 * What RMI takes from the JVM as a whole, set before it starts: the address it gives to peers, the
 * sockets it uses, how long it waits. There is one for the process, and so one node.
 */
public final class RmiEnvironment {
  private static final int HEARTBEAT_MILLIS = 1000;
  private static final int STALE_MILLIS = 10_100; // as it is with Ehcache's own interval of 5 s

  private static final String NEVER = Long.toString(Long.MAX_VALUE - 1);
  private static final RmiSockets SOCKETS = new RmiSockets();
  private static boolean installed;

  private RmiEnvironment() {}

  /**
   * Prepares RMI for a node. System properties that somebody has set already stay as they are.
   *
   * @param hostName what peers are told to connect to
   * @param bindAddress where to listen
   * @param timeoutMillis the longest wait for a peer's connection or answer
   */
  public static synchronized void prepare(String hostName, String bindAddress, int timeoutMillis)
      throws IOException {
    System.setProperty("java.rmi.server.hostname", hostName);
    String timeout = Integer.toString(timeoutMillis);
    setUnlessSet("sun.rmi.transport.tcp.handshakeTimeout", timeout);
    setUnlessSet("sun.rmi.transport.tcp.responseTimeout", timeout);
    // RMI's own garbage collector would stop the world now and then, and has nothing to do here.
    setUnlessSet("sun.rmi.dgc.client.gcInterval", NEVER);
    setUnlessSet("sun.rmi.dgc.server.gcInterval", NEVER);
    // A node waits two heartbeats for others to bootstrap from: 2 s in the place of Ehcache's 10 s.
    MulticastKeepaliveHeartbeatSender.setHeartBeatInterval(HEARTBEAT_MILLIS);
    MulticastKeepaliveHeartbeatSender.setHeartBeatStaleTime(STALE_MILLIS);
    SOCKETS.use(InetAddress.getByName(bindAddress), timeoutMillis);
    if (!installed) {
      RMISocketFactory.setSocketFactory(SOCKETS);
      installed = true;
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Takes a port at the node's address until RMI comes for it, so that no other process can.
   *
   * @param port 0: any free one
   * @return the port
   * @throws java.net.BindException when another process has it
   */
  public static int reserve(int port) throws IOException {
    return SOCKETS.reserve(port);
  }

  /** Gives back the ports that RMI did not come for. */
  public static void release() {
    SOCKETS.release();
  }
}
