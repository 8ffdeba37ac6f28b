package io.ehcached.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** An address cannot be listened on; the message says why, and what to write instead. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Below this port Linux lets root alone listen, if {@code ip_unprivileged_port_start} does not
   * say otherwise.
   */
  private static final int PRIVILEGED_PORTS = 1024;

  private final boolean taken;
  private final boolean permission;

  private ListenException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.taken = reason.contains("in use");
    this.permission = reason.contains("Permission denied");
  }

  /**
   * Returns the exception for what the system said.
   *
   * @param where the address, for people
   * @param portOption the option for another port, where this one is taken or reserved
   * @param addressOption the option for another address, else
   * @param cause what the system said
   */
  public static ListenException of(
      SocketAddress address,
      String where,
      String portOption,
      String addressOption,
      Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean reserved =
        address instanceof InetSocketAddress inet && inet.getPort() < PRIVILEGED_PORTS;
    String instead;
    if (reason.contains("in use")) {
      instead = "stop whoever has it, or write another port with " + portOption;
    } else if (reason.contains("Permission denied") && reserved) {
      instead =
          "only root may listen at ports below "
              + PRIVILEGED_PORTS
              + "; write a higher port with "
              + portOption
              + ", or give the node CAP_NET_BIND_SERVICE (AmbientCapabilities= in a systemd unit)";
    } else {
      instead = "write an address of this machine with " + addressOption;
    }
    return new ListenException(
        "cannot listen on " + where + ": " + reason + "; " + instead, reason, cause);
  }

  /** Tells whether another process listens there. */
  public boolean isTaken() {
    return taken;
  }

  /** Tells whether the node's user may not listen there. */
  public boolean isPermission() {
    return permission;
  }
}
