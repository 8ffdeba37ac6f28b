package io.ehcached.replication.names;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.File;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The machine's own list of names, which is read each time since it is short and may change. */
final class HostsFile {
  private static final String INSTEAD = "jdk.net.hosts.file"; // the JDK's own property

  private HostsFile() {}

  /** Returns the addresses of a host of one family; those of the other where it has none. */
  static List<InetAddress> addresses(String host, boolean ipv6) {
    String instead = System.getProperty(INSTEAD);
    HostsFileEntriesProvider.Parser parser = HostsFileEntriesProvider.parser();
    HostsFileEntriesProvider file =
        instead == null ? parser.parseSilently() : parser.parseSilently(new File(instead));
    List<InetAddress> wanted = of(ipv6 ? file.ipv6Entries() : file.ipv4Entries(), host);
    return wanted.isEmpty() ? of(ipv6 ? file.ipv4Entries() : file.ipv6Entries(), host) : wanted;
  }

  private static List<InetAddress> of(Map<String, List<InetAddress>> entries, String host) {
    return entries.getOrDefault(host.toLowerCase(Locale.ENGLISH), List.of());
  }
}
