package io.ehcached.replication.discovery;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers named in {@code rmiUrls}. Names are resolved off everyone's way, now and then again,
 * since what they stand for may change.
 */
public final class ListedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(ListedPeers.class);

  private final List<PeerUrl> urls;
  private final LinkSettings settings;
  private final int ownPort;
  private final Peers peers;
  private final Executor slow;
  private final Map<String, List<InetAddress>> resolved = new HashMap<>(); // guarded by this
  private final Set<String> unknown = new HashSet<>(); // guarded by this
  private final AtomicBoolean resolving = new AtomicBoolean();

  /**
   * @param ownPort of this node's registry, so that it does not take itself for a peer
   * @param slow where the name service may be waited for
   */
  public ListedPeers(
      List<PeerUrl> urls, LinkSettings settings, int ownPort, Peers peers, Executor slow) {
    this.urls = List.copyOf(urls);
    this.settings = settings;
    this.ownPort = ownPort;
    this.peers = peers;
    this.slow = slow;
  }

  /** Adds the peers whose addresses are known, and asks for the others'; does not block. */
  public void refresh() {
    if (urls.stream().allMatch(url -> isAddress(url.host()))) {
      resolve(); // asks nobody
    } else if (resolving.compareAndSet(false, true)) {
      slow.execute(
          () -> {
            try {
              resolve();
            } finally {
              resolving.set(false);
            }
          });
    }
  }

  /** A host that is written as an address is not asked of the name service. */
  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }

  private synchronized void resolve() {
    for (PeerUrl url : urls) {
      try {
        resolved.put(url.host(), List.of(InetAddress.getAllByName(url.host())));
        unknown.remove(url.host());
      } catch (UnknownHostException e) {
        if (unknown.add(url.host())) {
          LOG.warn("The host of peer {} (rmiUrls) is not known; asked for again until it is", url);
        }
      }
    }
    Set<InetAddress> all = new HashSet<>();
    resolved.values().forEach(all::addAll);
    settings.hosts().allowNamed(all);
    for (PeerUrl url : urls) {
      List<InetAddress> addresses = resolved.get(url.host());
      if (addresses != null && !isSelf(addresses, url.port())) {
        peers.list(url, addresses.get(0));
      }
    }
  }

  private boolean isSelf(List<InetAddress> addresses, int port) {
    return port == ownPort && addresses.contains(settings.address());
  }
}
