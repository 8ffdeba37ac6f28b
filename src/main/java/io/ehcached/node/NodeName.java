package io.ehcached.node;

import io.ehcached.options.ServerOptions;
import io.ehcached.replication.wire.NodeDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name by which operators know a node. */
final class NodeName {
  /** Linux tells the host's name here, and asks no name service for that. */
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private NodeName() {}

  /** Returns the name that an option gives the node, or its host's. */
  static String of(ServerOptions options) {
    return options.node().name().orElseGet(NodeName::ofHost);
  }

  private static String ofHost() {
    String name = NodeDescription.shownName(host());
    return name.isEmpty() ? "unnamed" : name;
  }

  private static String host() {
    try {
      return Files.isReadable(KERNEL)
          ? Files.readString(KERNEL).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return ""; // such as a name of which the machine does not know the address
    }
  }
}
