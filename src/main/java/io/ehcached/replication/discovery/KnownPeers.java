package io.ehcached.replication.discovery;

import io.ehcached.address.AddressText;
import io.ehcached.replication.discovery.RegionAddress.Node;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RmiPeerLink;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.UnlistedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All peers that this node knows, from its list or from heartbeats. A peer known from both is one
 * peer, and is kept like a listed one. Discovery may be switched at any time: a peer that is found
 * either way remains the same peer, so nothing that is pending for it is delayed.
 */
public final class KnownPeers {
  private static final Logger LOG = LoggerFactory.getLogger(KnownPeers.class);
  private static final int MAX_HEARD = 256; // nodes; a stranger could otherwise make up any number
  private static final int MAX_MISSED = 5;

  private LinkSettings settings; // null before the start; guarded by this, as are all
  private boolean hearing;
  private boolean acceptUnlisted = true;
  private final Map<String, RegionPeers> regions = new HashMap<>(); // this node's own
  private final Map<RegionAddress, Peer> peers = new HashMap<>();
  private final Map<Node, HeardNode> heard = new HashMap<>();
  private final NodeRateLimit newcomers;

  /** A peer's region. */
  private static final class Peer {
    final RmiPeerLink link;
    boolean listed;
    boolean doubted; // it leaves soon, unless it is heard
    int missed; // how often it was its turn since it was heard

    Peer(boolean listed, RmiPeerLink link) {
      this.listed = listed;
      this.link = link;
    }
  }

  /** Makes those of a node that knows nobody. */
  public KnownPeers() {
    this(System::nanoTime);
  }

  KnownPeers(LongSupplier nanos) {
    newcomers = new NodeRateLimit(MAX_HEARD, nanos);
  }

  /** Says what links to peers are to be like; before this, there are none. */
  public synchronized void start(LinkSettings links) {
    settings = links;
  }

  /** Returns the peers of one region of this node; may be asked for before the start. */
  public synchronized PeerDirectory region(String region) {
    RegionPeers known = regions.get(region);
    if (known == null) {
      known = new RegionPeers(this, region);
      regions.put(region, known);
      for (Map.Entry<RegionAddress, Peer> e : peers.entrySet()) {
        if (e.getKey().region().equals(region)) {
          known.join(e.getValue().link);
        }
      }
      heard.forEach(
          (node, life) -> {
            if (life.take(region)) {
              hear(new RegionAddress(node, region));
            }
          });
    }
    return known;
  }

  private void join(RegionAddress place, Peer peer) {
    peers.put(place, peer);
    RegionPeers region = regions.get(place.region());
    if (region != null) {
      region.join(peer.link);
    }
  }

  /**
   * Takes the list of peers in the place of the one before. A peer that was known otherwise goes on
   * as it is. One that is no longer listed leaves; where peers are heard, unless it is heard soon.
   *
   * @param listed the URLs whose addresses are known
   * @param unknown the URLs whose addresses are not known yet. As long as there are any, no peer
   *     leaves for not being listed, since it may have one of these URLs
   * @param gone the peers that the name service no longer knows: these leave all the same
   */
  synchronized void list(
      Map<PeerUrl, InetAddress> listed, Set<PeerUrl> unknown, Set<PeerUrl> gone) {
    Map<RegionAddress, PeerUrl> wanted = new LinkedHashMap<>();
    listed.forEach((url, address) -> wanted.putIfAbsent(RegionAddress.of(address, url), url));
    Set<String> unsure = unknown.stream().map(PeerUrl::toString).collect(Collectors.toSet());
    Set<String> left = gone.stream().map(PeerUrl::toString).collect(Collectors.toSet());
    List<RegionAddress> leaving = new ArrayList<>();
    peers.forEach(
        (place, peer) -> {
          if (wanted.containsKey(place)) {
            peer.listed = true;
            peer.doubted = false;
          } else if (peer.listed && !unsure.contains(peer.link.url())) {
            peer.listed = false;
            peer.missed = 0;
            peer.doubted = !heard.containsKey(place.node());
          }
          if (!peer.listed && !hearing && (unsure.isEmpty() || left.contains(peer.link.url()))) {
            leaving.add(place);
          }
        });
    leave(leaving, "is not in rmiUrls");
    wanted.forEach(
        (place, url) -> {
          if (!peers.containsKey(place)) {
            join(place, new Peer(true, new RmiPeerLink(url, settings)));
          }
        });
  }

  /** Says whether nodes that are neither listed nor heard may be peers, from now on. */
  public synchronized void acceptUnlisted(boolean value) {
    acceptUnlisted = value;
  }

  /** Tells whether a URL is one of a peer that is listed or heard, maybe by another name. */
  synchronized boolean knows(String url) {
    RegionAddress place = place(url);
    return (place != null && peers.containsKey(place))
        || peers.values().stream().anyMatch(peer -> peer.link.url().equals(url));
  }

  /** Returns where a URL leads; null where that takes a name service, or is no URL. */
  private static RegionAddress place(String url) {
    try {
      PeerUrl parsed = PeerUrl.parse(url);
      return parsed.hasAddress()
          ? RegionAddress.of(InetAddress.getByName(parsed.host()), parsed)
          : null;
    } catch (IllegalArgumentException | UnknownHostException e) {
      LOG.debug("{} is not used", url, e);
      return null;
    }
  }

  /** Tells whether a peer, by the URL of its link, is listed, and not only heard. */
  synchronized boolean isListed(String url) {
    return peers.values().stream().anyMatch(peer -> peer.listed && peer.link.url().equals(url));
  }

  /**
   * Returns a link to a peer that is neither listed nor heard.
   *
   * @param region of this node
   * @throws UnlistedException when it may be no peer
   */
  synchronized PeerLink unlisted(String url, String region) throws UnlistedException {
    RegionAddress place = place(url);
    if (!acceptUnlisted) {
      throw new UnlistedException(
          "its list of peers is closed (acceptUnlisted=false) and has no such URL; add it to"
              + " rmiUrls, or set acceptUnlisted=true");
    } else if (place == null || !place.region().equals(region)) {
      throw new UnlistedException("its URL is of no use; set hostName to an address of that node");
    }
    InetAddress host = place.node().address();
    if (host.isLoopbackAddress() && !settings.address().isLoopbackAddress()) {
      throw new UnlistedException(
          "no other machine can call it at "
              + AddressText.of(host)
              + "; set hostName to an address of that node");
    } else if (!settings.security().provesPeers() && !settings.hosts().allows(host)) {
      throw new UnlistedException(
          "without a secret, peers have to be on hosts of rmiUrls or on the multicast subnet; add"
              + " it to rmiUrls, or set a secretFile on all nodes");
    }
    return new RmiPeerLink(PeerUrl.of(host, place.node().port(), region), settings);
  }

  /** Counts and logs a caller that was not accepted. */
  synchronized void refused(String url, String why) {
    settings.refusals().add(Refusal.PEER_UNLISTED, url, why);
  }

  /** Says whether peers are heard, from now on; {@link #list} is to be called next. */
  public synchronized void hearing(boolean value) {
    hearing = value;
    if (!value) {
      forgetHeard();
    }
  }

  /** Doubts all peers that are known by heartbeat alone, since the group is now another. */
  public synchronized void doubt() {
    forgetHeard();
    peers.values().stream().filter(peer -> !peer.listed).forEach(peer -> peer.doubted = true);
  }

  /** Lets those leave that were doubted, and not heard since. */
  public synchronized void leaveDoubted() {
    leave(
        peers.entrySet().stream().filter(e -> e.getValue().doubted).map(Map.Entry::getKey).toList(),
        "is neither in rmiUrls nor heard");
  }

  /**
   * Takes in what a node says of itself.
   *
   * @return whether it is news that this node is there
   */
  synchronized boolean hear(Heartbeat heartbeat) {
    if (!hearing) {
      return false; // it came while that ended
    }
    Node node = new Node(heartbeat.address(), heartbeat.port());
    HeardNode life = heard.get(node);
    boolean news = life == null || !life.incarnation.equals(heartbeat.incarnation());
    String stale = life == null ? null : life.stale(heartbeat);
    String surplus = stale == null && news ? surplus(life == null) : null;
    if (stale != null || surplus != null) {
      settings
          .refusals()
          .add(
              stale == null ? Refusal.HEARTBEAT_SURPLUS : Refusal.HEARTBEAT_STALE,
              AddressText.of(node.address()),
              "Dropped a heartbeat of "
                  + AddressText.of(node.address(), node.port())
                  + ": "
                  + (stale == null ? surplus : stale));
      return false;
    }
    if (life == null) {
      if (heartbeat.leaving()) {
        return false;
      }
      life = new HeardNode();
      heard.put(node, life);
      know();
    } else if (news) {
      startedAnew(node);
    }
    life.incarnation = heartbeat.incarnation();
    life.sequence = heartbeat.sequence();
    life.missed = 0;
    if (heartbeat.leaving()) {
      leave(node);
      return false;
    }
    for (String region : heartbeat.regions()) {
      RegionAddress place = new RegionAddress(node, region);
      if (regions.containsKey(region) || peers.containsKey(place)) {
        hear(place);
      } else {
        life.other(region);
      }
    }
    return news;
  }

  /** Tells of which hosts peers are heard. */
  private void know() {
    settings.hosts().know(heard.keySet().stream().map(Node::address).collect(Collectors.toSet()));
  }

  private String surplus(boolean first) {
    if (first && heard.size() >= MAX_HEARD) {
      return MAX_HEARD + " nodes are known already";
    }
    return newcomers.admit() ? null : "more than one node a second begins";
  }

  private void hear(RegionAddress place) {
    Peer peer = peers.get(place);
    if (peer == null) {
      Node node = place.node();
      PeerUrl url = PeerUrl.of(node.address(), node.port(), place.region());
      peer = new Peer(false, new RmiPeerLink(url, settings));
      LOG.info("Found peer {}", url);
      join(place, peer);
    }
    peer.missed = 0;
    peer.doubted = false;
  }

  private void startedAnew(Node node) {
    leave(node);
    peers.forEach(
        (place, peer) -> {
          if (place.node().equals(node)) {
            peer.link.forget();
          }
        });
  }

  private void leave(Node node) {
    leave(
        peers.entrySet().stream()
            .filter(e -> e.getKey().node().equals(node) && !e.getValue().listed)
            .map(Map.Entry::getKey)
            .toList(),
        "left or restarted");
  }

  private void leave(List<RegionAddress> places, String why) {
    for (RegionAddress place : places) {
      Peer gone = peers.remove(place);
      RegionPeers region = regions.get(place.region());
      if (region != null) {
        LOG.info("Peer {} {}", gone.link.url(), why);
        region.leave(gone.link);
      }
    }
  }

  /**
   * Notes that each node should have been heard by now. Missed turns are counted, and not the time,
   * so that a node which was stopped for a while does not take all others for gone.
   */
  synchronized void turn() {
    List<RegionAddress> silent = new ArrayList<>();
    peers.forEach(
        (place, peer) -> {
          if (!peer.listed && ++peer.missed > MAX_MISSED) {
            silent.add(place);
          }
        });
    leave(silent, "was not heard for " + MAX_MISSED + " heartbeats");
    if (heard.values().removeIf(life -> ++life.missed > MAX_MISSED)) {
      know();
    }
  }

  /** Lets all peers leave, listed ones too. */
  public synchronized void clear() {
    peers.forEach(
        (place, peer) -> {
          RegionPeers region = regions.get(place.region());
          if (region != null) {
            region.leave(peer.link);
          }
        });
    peers.clear();
    heard.clear();
  }

  private void forgetHeard() {
    heard.clear();
    know();
  }
}
