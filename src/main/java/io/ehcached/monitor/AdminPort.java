package io.ehcached.monitor;

import io.ehcached.admin.NodeStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;

/** The admin port, at which operators query a node and can tell it to leave. */
public interface AdminPort extends AutoCloseable {
  /** The admin port of a node that has none. */
  AdminPort NONE =
      new AdminPort() {
        @Override
        public Optional<InetSocketAddress> address() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /**
   * Opens the port; the node need not serve clients yet.
   *
   * @param address where to listen; port 0 is any free one
   * @param leave lets the node leave its cluster; returns at once
   * @param names by which it may be asked, besides addresses and {@code localhost}
   * @throws IOException when it cannot be listened on
   */
  static AdminPort open(
      InetSocketAddress address, NodeStatus node, Runnable leave, Collection<String> names)
      throws IOException {
    return new HttpAdminPort(address, node, leave, names);
  }

  /** Returns the address that is listened on, with its real port; empty without an admin port. */
  Optional<InetSocketAddress> address();

  /** Closes the port. */
  @Override
  void close();
}
