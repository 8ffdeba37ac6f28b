package io.ehcached.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A few machines on one network, 192.168.0.11 and up: each a network namespace of this machine, all
 * plugged into one bridge. Nothing they send leaves them.
 */
public final class Hosts implements AutoCloseable {
  private static final int FIRST_ADDRESS = 11;

  /** Where {@code ip netns exec} looks for files that a namespace has instead of those in /etc. */
  private static final Path NETNS = Path.of("/etc/netns");

  private final String prefix = "ehc" + ProcessHandle.current().pid() % 100_000;
  private final int count;

  private Hosts(int count) {
    this.count = count;
  }

  /** Sets up so many machines; skips the test, saying why, where that is not allowed. */
  public static Hosts start(int count) {
    Hosts hosts = new Hosts(count);
    boolean made = tryRun("ip netns add " + hosts.bridge());
    if (!made) {
      skip("network namespaces cannot be made here: needs root and the command ip");
    }
    run("ip -n %s link add br0 type bridge mcast_snooping 0".formatted(hosts.bridge()));
    run("ip -n %s link set br0 up".formatted(hosts.bridge()));
    for (int i = 0; i < count; i++) {
      hosts.add(i);
    }
    return hosts;
  }

  private void add(int i) {
    String host = name(i);
    run("ip netns add " + host);
    run("ip -n %s link add v%d type veth peer name eth0 netns %s".formatted(bridge(), i, host));
    run("ip -n %s link set v%d master br0".formatted(bridge(), i));
    run("ip -n %s link set v%d up".formatted(bridge(), i));
    run("ip -n %s addr add %s/24 dev eth0".formatted(host, address(i)));
    run("ip -n %s link set eth0 up".formatted(host));
    run("ip -n %s link set lo up".formatted(host));
    run("ip -n %s route add default dev eth0".formatted(host));
  }

  /** Gives a machine one more interface, such as containers have, which leads to no other one. */
  public void plugIntoNothing(int i, String nic, String cidr) {
    run("ip -n %s link add %s type veth peer name %s-end".formatted(name(i), nic, nic));
    run("ip -n %s addr add %s dev %s".formatted(name(i), cidr, nic));
    run("ip -n %s link set %s up".formatted(name(i), nic));
    run("ip -n %s link set %s-end up".formatted(name(i), nic));
  }

  /** Gives a machine one more address on the network. */
  public void addAddress(int i, String cidr) {
    run(
        "ip -n %s addr add %s dev eth0%s"
            .formatted(name(i), cidr, cidr.contains(":") ? " nodad" : ""));
  }

  /** Gives all machines a resolv.conf(5) of these lines. */
  public void resolveBy(String... resolvConf) {
    for (int i = 0; i < count; i++) {
      try {
        Path folder = Files.createDirectories(NETNS.resolve(name(i)));
        Files.write(folder.resolve("resolv.conf"), List.of(resolvConf));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void forgetNameServer(int i) {
    try {
      Files.deleteIfExists(NETNS.resolve(name(i)).resolve("resolv.conf"));
      Files.deleteIfExists(NETNS.resolve(name(i)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String bridge() {
    return prefix + "-br";
  }

  private String name(int i) {
    return prefix + "-" + i;
  }

  /** Returns the address of a machine, counted from 0. */
  public String address(int i) {
    return "192.168.0." + (FIRST_ADDRESS + i);
  }

  /** Returns the command that runs what follows it on a machine. */
  public List<String> on(int i) {
    return List.of("ip", "netns", "exec", name(i));
  }

  /**
   * Readies the machines for {@link #cut}; where that is not possible, closes them and skips the
   * test, saying why.
   */
  public void filter() {
    for (int i = 0; i < count; i++) {
      String nft = "ip netns exec " + name(i) + " nft add ";
      if (!tryRun(nft + "table inet faults")) {
        close();
        skip("nothing can be kept from reaching a machine here: needs nftables");
      }
      run(nft + "chain inet faults in { type filter hook input priority 0 ; }");
      run(nft + "chain inet faults calls { type filter hook input priority 0 ; }");
    }
  }

  /** Keeps from one machine whatever another sends it; see {@link #filter}. */
  public void cut(int from, int to) {
    run(
        "ip netns exec %s nft add rule inet faults in ip saddr %s drop"
            .formatted(name(to), address(from)));
  }

  /** Keeps a machine and all others apart, who notice at once: connections are reset. */
  public void isolate(int host) {
    for (int other = 0; other < count; other++) {
      if (other != host) {
        reset(host, other);
        reset(other, host);
      }
    }
  }

  private void reset(int from, int to) {
    run(
        "ip netns exec %s nft add rule inet faults in ip saddr %s meta l4proto tcp reject with tcp reset"
            .formatted(name(to), address(from)));
  }

  /** Lets everything through again but for the calls that {@link #cutCalls} keeps back. */
  public void reconnect() {
    flush("in");
  }

  /** Keeps one machine from connecting to a port of another, which can still connect to it. */
  public void cutCalls(int from, int to, int port) {
    run(
        "ip netns exec %s nft add rule inet faults calls ip saddr %s tcp dport %d reject with tcp reset"
            .formatted(name(to), address(from), port));
  }

  /** Lets everything through again. */
  public void heal() {
    flush("in");
    flush("calls");
  }

  private void flush(String chain) {
    for (int i = 0; i < count; i++) {
      run("ip netns exec %s nft flush chain inet faults %s".formatted(name(i), chain));
    }
  }

  private static void skip(String reason) {
    System.out.println("skipped: " + reason);
    assumeTrue(false, reason);
  }

  private static void run(String command) {
    if (!tryRun(command)) {
      throw new AssertionError("failed: " + command);
    }
  }

  private static boolean tryRun(String command) {
    try {
      Process process =
          new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      tryRun("ip netns del " + name(i));
      forgetNameServer(i);
    }
    tryRun("ip netns del " + bridge());
  }
}
