package io.ehcached.monitor.http;

import java.net.InetSocketAddress;

/**
 * The sender of a request.
 *
 * @param remote from where
 * @param local the address of this machine that was asked
 * @param page whether a web page asks by its reader's browser, and not somebody who means to
 */
public record Caller(InetSocketAddress remote, InetSocketAddress local, boolean page) {
  /** Tells whether the sender is on this machine. */
  public boolean isOnThisMachine() {
    return remote.getAddress().isLoopbackAddress()
        || remote.getAddress().equals(local.getAddress());
  }
}
