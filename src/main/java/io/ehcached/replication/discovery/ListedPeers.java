package io.ehcached.replication.discovery;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.names.NameAnswer;
import io.ehcached.replication.names.NameService;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.NameStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers named in {@code rmiUrls}. A name stands for all its addresses, each of which is a peer,
 * but for this node's own. Names are asked for again when their answer's time is over, at least
 * every 5 s, and when a host calls that is not let in, at most once a second. Nothing here waits
 * for the name service.
 */
public final class ListedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(ListedPeers.class);
  private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<PeerUrl> urls;
  private final LinkSettings settings;
  private final int ownPort;
  private final KnownPeers peers;
  private final NameService service;
  private final Environment environment;
  private final SerialExecutor executor;
  private final AtomicLong searchedAt;
  private final Map<String, WatchedName> names = new LinkedHashMap<>(); // guarded by this
  private boolean ended; // guarded by this

  /**
   * Makes the list; {@link #begin} or {@link #replace} puts it into effect.
   *
   * @param ownPort of this node's registry, so that it does not take itself for a peer
   * @param executor asks again after a while
   */
  public ListedPeers(
      List<PeerUrl> urls,
      LinkSettings settings,
      int ownPort,
      KnownPeers peers,
      NameService service,
      Environment environment,
      SerialExecutor executor) {
    this.urls = List.copyOf(urls);
    this.settings = settings;
    this.ownPort = ownPort;
    this.peers = peers;
    this.service = service;
    this.environment = environment;
    this.executor = executor;
    this.searchedAt = new AtomicLong(environment.nanos() - SEARCH_NANOS);
    for (PeerUrl url : urls) {
      if (!url.hasAddress()) {
        names.computeIfAbsent(url.host(), WatchedName::new);
      }
    }
  }

  /** Takes the place of another list, whose names keep their addresses; does not block. */
  public void replace(ListedPeers before) {
    Map<String, WatchedName> known = before.end();
    synchronized (this) {
      names.replaceAll((host, name) -> known.containsKey(host) ? known.get(host) : name);
    }
    begin();
  }

  private synchronized Map<String, WatchedName> end() {
    ended = true;
    Map<String, WatchedName> known = new LinkedHashMap<>();
    names.forEach((host, name) -> known.put(host, new WatchedName(name)));
    return known;
  }

  /** Adds the peers whose addresses are known, and asks for the others'; does not block. */
  public void begin() {
    tell(Set.of());
    askAll();
  }

  private void askAll() {
    List<WatchedName> all;
    synchronized (this) {
      all = List.copyOf(names.values());
    }
    all.forEach(this::ask);
  }

  private void ask(WatchedName name) {
    synchronized (this) {
      if (ended || name.asking) {
        return;
      }
      name.asking = true;
    }
    service.ask(name.name(), answer -> executor.execute(() -> answered(name, answer)));
  }

  private synchronized void answered(WatchedName name, NameAnswer answer) {
    if (ended) {
      return;
    }
    name.asking = false;
    long round = ++name.round;
    List<InetSocketAddress> gone = name.answered(answer, environment.ticks());
    tell(urlsOf(name, gone));
    executor.after(
        name.pauseNanos(),
        () -> {
          if (isRound(name, round)) {
            ask(name);
          }
        });
  }

  /** Tells whether the name was not asked for meanwhile, since a host called. */
  private synchronized boolean isRound(WatchedName name, long round) {
    return name.round == round;
  }

  /** Asks for the addresses again, since a host called that has none of them. */
  private void search() {
    long now = environment.nanos();
    long before = searchedAt.get();
    if (now - before >= SEARCH_NANOS && searchedAt.compareAndSet(before, now)) {
      askAll();
    }
  }

  /**
   * Lets in the hosts that are written as addresses, and expects the others: for the time between
   * the moment from which peers can call and the one from which a list is in effect.
   */
  public static void expect(List<PeerUrl> urls, HostRules hosts) {
    Set<InetAddress> addresses = new HashSet<>();
    urls.stream().filter(PeerUrl::hasAddress).forEach(url -> add(addresses, url));
    hosts.allowNamed(addresses);
    hosts.search(() -> {}, /* more= */ true);
  }

  private static void add(Set<InetAddress> addresses, PeerUrl url) {
    InetAddress address = literal(url);
    if (address != null) {
      addresses.add(address);
    }
  }

  /** Returns the address that a URL is written with; null where there is no such one. */
  private static InetAddress literal(PeerUrl url) {
    try {
      return InetAddress.getByName(url.host());
    } catch (UnknownHostException e) {
      LOG.debug("{} is no address", url.host(), e);
      return null;
    }
  }

  /**
   * Tells of the peers by the addresses known so far.
   *
   * @param gone the peers that left since
   */
  private synchronized void tell(Set<PeerUrl> gone) {
    if (ended) {
      return;
    }
    Set<InetAddress> allowed = new HashSet<>();
    Set<PeerUrl> unresolved = new LinkedHashSet<>();
    Map<PeerUrl, InetAddress> listed = new LinkedHashMap<>();
    for (PeerUrl url : urls) {
      if (url.hasAddress()) {
        InetAddress address = literal(url);
        if (address != null) {
          list(url, address, listed, allowed);
        }
        continue;
      }
      WatchedName name = names.get(url.host());
      if (name.addresses().isEmpty()) {
        unresolved.add(url);
      }
      for (InetSocketAddress one : name.addresses()) {
        list(peer(url, one), one.getAddress(), listed, allowed);
      }
    }
    settings.hosts().allowNamed(allowed);
    settings.hosts().search(names.isEmpty() ? () -> {} : this::search, !unresolved.isEmpty());
    peers.list(listed, unresolved, gone);
  }

  private void list(
      PeerUrl url,
      InetAddress address,
      Map<PeerUrl, InetAddress> listed,
      Set<InetAddress> allowed) {
    allowed.add(address);
    if (!isSelf(address, url.port())) {
      listed.put(url, address);
    }
  }

  private static PeerUrl peer(PeerUrl url, InetSocketAddress address) {
    int port = url.isService() ? address.getPort() : url.port();
    return PeerUrl.of(address.getAddress(), port, url.region());
  }

  private Set<PeerUrl> urlsOf(WatchedName name, List<InetSocketAddress> addresses) {
    Set<PeerUrl> all = new HashSet<>();
    for (PeerUrl url : urls) {
      if (!url.hasAddress() && url.host().equals(name.name())) {
        addresses.forEach(one -> all.add(peer(url, one)));
      }
    }
    return all;
  }

  /**
   * Tells whether a peer can only be this node. One that is so under an address that this node does
   * not know is found out when it answers a call.
   */
  private boolean isSelf(InetAddress address, int port) {
    InetAddress own = settings.address();
    return port == ownPort
        && (address.equals(own) || (address.isLoopbackAddress() && !own.isLoopbackAddress()));
  }

  /** Returns what the names stand for, in the order of the list. */
  public synchronized List<NameStatus> names() {
    return names.values().stream().map(name -> name.status(environment.ticks())).toList();
  }
}
