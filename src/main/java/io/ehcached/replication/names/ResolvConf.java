package io.ehcached.replication.names;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How names are resolved on this machine: the part of {@code resolv.conf}(5) that Kubernetes and
 * Docker write.
 *
 * @param servers in the order in which they are asked; this machine itself where the file names
 *     none
 * @param search the domains in which a short name is looked for
 * @param ndots a name with fewer dots is looked for in these domains first
 * @param timeoutMillis how long a server is waited for, in milliseconds
 */
record ResolvConf(
    List<InetSocketAddress> servers, List<String> search, int ndots, int timeoutMillis) {
  private static final int DNS_PORT = 53;
  private static final int MAX_NDOTS = 15; // as the manual page says
  private static final int MAX_TIMEOUT_SECONDS = 2; // so that the next server is soon asked

  /** Reads a file; one that is not there says nothing. */
  static ResolvConf read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      lines = List.of();
    }
    return of(lines);
  }

  static ResolvConf of(List<String> lines) {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    int ndots = 1;
    int timeout = MAX_TIMEOUT_SECONDS;
    for (String line : lines) {
      List<String> words = Arrays.asList(line.strip().split("\\s+"));
      List<String> values = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" -> values.stream().limit(1).forEach(one -> addServer(servers, one));
        case "domain", "search" -> search = values.stream().map(ResolvConf::domain).toList();
        case "options" -> {
          ndots = option(values, "ndots:", ndots, MAX_NDOTS);
          timeout = Math.max(1, option(values, "timeout:", timeout, MAX_TIMEOUT_SECONDS));
        }
        default -> {} // a comment, or what does not matter here
      }
    }
    if (servers.isEmpty()) {
      servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT));
    }
    return new ResolvConf(List.copyOf(servers), search, ndots, timeout * 1000);
  }

  private static void addServer(List<InetSocketAddress> servers, String address) {
    if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
      return; // the C library ignores it as well
    }
    try {
      servers.add(new InetSocketAddress(InetAddress.getByName(address), DNS_PORT));
    } catch (UnknownHostException e) {
      // a zone that this machine does not have
    }
  }

  private static String domain(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns the whole names that a written name may be, in the order in which to ask for them. */
  List<String> candidates(String name) {
    if (name.endsWith(".")) {
      return List.of(name);
    }
    List<String> all = new ArrayList<>();
    search.forEach(domain -> all.add(name + "." + domain + "."));
    boolean whole = name.chars().filter(one -> one == '.').count() >= ndots;
    all.add(whole ? 0 : all.size(), name + ".");
    return all;
  }

  private static int option(List<String> values, String name, int otherwise, int max) {
    int found = otherwise;
    for (String value : values) {
      if (value.matches(name + "\\d{1,4}")) {
        found = Math.min(max, Integer.parseInt(value.substring(name.length())));
      }
    }
    return found;
  }
}
