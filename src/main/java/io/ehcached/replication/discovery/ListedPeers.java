package io.ehcached.replication.discovery;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.security.HostRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers named in {@code rmiUrls}. Names are resolved in a thread of their own, and again since
 * they may get other addresses: now and then, and when a host calls that is not let in, at most
 * once a second.
 */
public final class ListedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(ListedPeers.class);
  private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Tells what a name stands for; may take long. */
  @FunctionalInterface
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final List<PeerUrl> urls;
  private final LinkSettings settings;
  private final int ownPort;
  private final KnownPeers peers;
  private final Executor slow;
  private final Names names;
  private final LongSupplier nanos;
  private final AtomicLong searchedAt;
  private final Map<String, List<InetAddress>> resolved = new HashMap<>(); // guarded by this
  private final Map<PeerUrl, InetAddress> chosen = new LinkedHashMap<>(); // guarded by this
  private final Set<String> unknown = new HashSet<>(); // guarded by this
  private final AtomicBoolean resolving = new AtomicBoolean();
  private boolean ended; // guarded by this

  /**
   * Makes the list; {@link #refresh} or {@link #replace} puts it into effect.
   *
   * @param ownPort of this node's registry, so that it does not take itself for a peer
   * @param slow where the name service may be waited for
   */
  public ListedPeers(
      List<PeerUrl> urls, LinkSettings settings, int ownPort, KnownPeers peers, Executor slow) {
    this(urls, settings, ownPort, peers, slow, InetAddress::getAllByName, System::nanoTime);
  }

  ListedPeers(
      List<PeerUrl> urls,
      LinkSettings settings,
      int ownPort,
      KnownPeers peers,
      Executor slow,
      Names names,
      LongSupplier nanos) {
    this.names = names;
    this.nanos = nanos;
    this.searchedAt = new AtomicLong(nanos.getAsLong() - SEARCH_NANOS);
    this.urls = List.copyOf(urls);
    this.settings = settings;
    this.ownPort = ownPort;
    this.peers = peers;
    this.slow = slow;
  }

  /** Takes the place of another list, whose addresses still hold; does not block. */
  public void replace(ListedPeers before) {
    Map<String, List<InetAddress>> known = before.end();
    synchronized (this) {
      for (PeerUrl url : urls) {
        List<InetAddress> addresses = known.get(url.host());
        if (addresses != null) {
          resolved.putIfAbsent(url.host(), addresses);
        }
      }
    }
    resolve(urls.stream().filter(PeerUrl::hasAddress).toList());
    refresh();
  }

  private synchronized Map<String, List<InetAddress>> end() {
    ended = true;
    return Map.copyOf(resolved);
  }

  /** Adds the peers whose addresses are known, and asks for the others'; does not block. */
  public void refresh() {
    if (allAreAddresses()) {
      resolve(urls); // asks nobody
    } else if (resolving.compareAndSet(false, true)) {
      slow.execute(
          () -> {
            try {
              resolve(urls);
            } finally {
              resolving.set(false);
            }
          });
    }
  }

  /** Asks for the addresses again, since a host called that has none of them. */
  private void search() {
    long now = nanos.getAsLong();
    long before = searchedAt.get();
    if (now - before >= SEARCH_NANOS && searchedAt.compareAndSet(before, now)) {
      refresh();
    }
  }

  /**
   * Lets in the hosts that are written as addresses, and expects the others: for the time between
   * the moment from which peers can call and the one from which a list is in effect.
   */
  public static void expect(List<PeerUrl> urls, HostRules hosts) {
    Set<InetAddress> addresses = new HashSet<>();
    for (PeerUrl url : urls) {
      if (url.hasAddress()) {
        try {
          addresses.add(InetAddress.getByName(url.host()));
        } catch (UnknownHostException e) {
          LOG.debug("{} is no address", url.host(), e);
        }
      }
    }
    hosts.allowNamed(addresses);
    hosts.search(() -> {}, /* more= */ true);
  }

  private boolean allAreAddresses() {
    return urls.stream().allMatch(PeerUrl::hasAddress);
  }

  private void resolve(List<PeerUrl> some) {
    Map<String, List<InetAddress>> answers = new HashMap<>();
    for (PeerUrl url : some) { // under no lock, since it may take long
      try {
        answers.put(url.host(), List.of(names.addresses(url.host())));
      } catch (UnknownHostException e) {
        LOG.debug("{} is not known", url.host(), e);
      }
    }
    synchronized (this) {
      resolved.putAll(answers);
      unknown.removeAll(answers.keySet());
      for (PeerUrl url : some) {
        if (!ended && !answers.containsKey(url.host()) && unknown.add(url.host())) {
          LOG.warn("The host of peer {} (rmiUrls) cannot be resolved; retrying", url);
        }
      }
      tell();
    }
  }

  /** Tells of the peers by the addresses known so far. */
  private synchronized void tell() {
    if (ended) {
      return;
    }
    Set<InetAddress> all = new HashSet<>();
    resolved.values().forEach(all::addAll);
    settings.hosts().allowNamed(all);
    Set<PeerUrl> unresolved = new LinkedHashSet<>();
    for (PeerUrl url : urls) {
      List<InetAddress> addresses = resolved.get(url.host());
      if (addresses == null) {
        unresolved.add(url);
      } else if (!isSelf(addresses, url.port())) {
        // The name service may tell several in any order: the one that was taken stays.
        chosen.compute(
            url, (u, now) -> now != null && addresses.contains(now) ? now : addresses.get(0));
      }
    }
    settings.hosts().search(allAreAddresses() ? () -> {} : this::search, !unresolved.isEmpty());
    peers.list(chosen, unresolved);
  }

  private boolean isSelf(List<InetAddress> addresses, int port) {
    return port == ownPort && addresses.contains(settings.address());
  }
}
