package io.ehcached.process;

import io.ehcached.files.AtomicFile;
import io.ehcached.files.IoReason;
import io.ehcached.files.WriteCheck;
import io.ehcached.options.UsageException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * The port file: it lists the ports that are listened on, one {@code TCP INET: 11211} a line.
 * Memcached's test tools ask for it with {@code MEMCACHED_PORT_FILENAME}.
 */
public final class PortFile {
  private PortFile() {}

  /**
   * Writes the file atomically.
   *
   * @param tcp the addresses bound for TCP
   * @param udp those bound for UDP
   * @param admin that of the admin port; empty where there is none
   * @throws UsageException when the file cannot be written
   */
  public static void write(
      Path file,
      Collection<InetSocketAddress> tcp,
      Collection<InetSocketAddress> udp,
      Optional<InetSocketAddress> admin)
      throws UsageException {
    StringBuilder lines = new StringBuilder();
    add("TCP", tcp, lines);
    add("UDP", udp, lines);
    add("ADMIN", admin.stream().toList(), lines);
    writing(file, () -> AtomicFile.write(file.toAbsolutePath(), lines.toString()));
  }

  /**
   * Checks whether {@link #write} would succeed.
   *
   * @throws UsageException when it cannot
   */
  public static void check(Path file) throws UsageException {
    writing(file, () -> WriteCheck.replace(file));
  }

  private static void writing(Path file, IoReason.Writing step) throws UsageException {
    IoReason.writing("MEMCACHED_PORT_FILENAME=" + file, "", step);
  }

  private static void add(
      String protocol, Collection<InetSocketAddress> addresses, StringBuilder lines) {
    for (InetSocketAddress address : addresses) {
      String family = address.getAddress() instanceof Inet6Address ? " INET6: " : " INET: ";
      lines.append(protocol).append(family).append(address.getPort()).append('\n');
    }
  }
}
