package io.ehcached.replication.discovery;

import io.ehcached.replication.PeerDirectory;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RmiPeerLink;
import io.ehcached.replication.security.Refusal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All the peers that this node knows of, listed or heard. One that is both is one peer, and stays
 * as listed ones do. How they are found may change at any time: who is found either way goes on as
 * the peer that it was, so that nothing it is to get waits.
 */
public final class Peers {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final int MAX_HEARD = 256; // nodes; a stranger could otherwise make up any number
  private static final int MAX_MISSED = 5;

  private LinkSettings settings; // null before the start; guarded by this, as are all
  private boolean hearing;
  private final Map<String, RegionPeers> regions = new HashMap<>(); // guarded by this, as are all
  private final Map<Place, Peer> peers = new HashMap<>();
  private final Map<Node, Life> heard = new HashMap<>();

  private record Node(InetAddress address, int port) {}

  private record Place(Node node, String region) {}

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

  /** What was last heard of a node. */
  private static final class Life {
    Incarnation incarnation;
    long sequence;
    int missed;
  }

  /** Says what links to peers are to be like; before this, there are none. */
  public synchronized void start(LinkSettings links) {
    settings = links;
  }

  /** Returns the peers of one region; may be asked for before the start. */
  public synchronized PeerDirectory region(String region) {
    return of(region);
  }

  private RegionPeers of(String region) {
    return regions.computeIfAbsent(region, name -> new RegionPeers());
  }

  /**
   * Takes the list of peers in the place of the one before. A peer that was known otherwise goes on
   * as it is. One that is no longer listed leaves; where peers are heard, unless it is heard soon.
   *
   * @param listed the URLs whose addresses are known
   * @param unknown the URLs whose are not; their peers stay for now
   */
  synchronized void list(Map<PeerUrl, InetAddress> listed, Set<PeerUrl> unknown) {
    Map<Place, PeerUrl> wanted = new LinkedHashMap<>();
    listed.forEach(
        (url, address) ->
            wanted.putIfAbsent(new Place(new Node(address, url.port()), url.region()), url));
    Set<String> unsure = unknown.stream().map(PeerUrl::toString).collect(Collectors.toSet());
    List<Place> gone = new ArrayList<>();
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
          if (!peer.listed && !hearing && unsure.isEmpty()) {
            gone.add(place);
          }
        });
    leave(gone, "is not in rmiUrls");
    wanted.forEach(
        (place, url) -> {
          if (!peers.containsKey(place)) {
            Peer peer = new Peer(true, new RmiPeerLink(url, settings));
            peers.put(place, peer);
            of(url.region()).join(peer.link);
          }
        });
  }

  /** Says whether peers are heard, from now on; {@link #list} is to be called next. */
  public synchronized void hearing(boolean value) {
    hearing = value;
    if (!value) {
      heard.clear();
    }
  }

  /** Doubts all peers that are known by heartbeat alone, since the group is now another. */
  public synchronized void doubt() {
    heard.clear();
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
    Life life = heard.get(node);
    boolean news = life == null || !life.incarnation.equals(heartbeat.incarnation());
    String why = life == null ? surplus() : stale(heartbeat, life, news);
    if (why != null) {
      settings
          .refusals()
          .add(
              life == null ? Refusal.HEARTBEAT_SURPLUS : Refusal.HEARTBEAT_STALE,
              node.toString(),
              "Dropped a heartbeat of "
                  + node.address().getHostAddress()
                  + ":"
                  + node.port()
                  + ": "
                  + why);
      return false;
    }
    if (life == null) {
      life = new Life();
      heard.put(node, life);
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
    heartbeat.regions().forEach(region -> hear(new Place(node, region)));
    return news;
  }

  private String surplus() {
    return heard.size() < MAX_HEARD ? null : MAX_HEARD + " nodes are known already";
  }

  private static String stale(Heartbeat heartbeat, Life life, boolean otherLife) {
    if (otherLife) {
      return heartbeat.incarnation().startedMillis() > life.incarnation.startedMillis()
          ? null
          : "that node was started before the one now heard there";
    }
    return heartbeat.sequence() > life.sequence ? null : "a later one was heard already";
  }

  private void hear(Place place) {
    Peer peer = peers.get(place);
    if (peer == null) {
      Node node = place.node();
      PeerUrl url = PeerUrl.of(node.address(), node.port(), place.region());
      peer = new Peer(false, new RmiPeerLink(url, settings));
      peers.put(place, peer);
      if (regions.containsKey(place.region())) {
        LOG.info("Found peer {}", url);
      }
      of(place.region()).join(peer.link);
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
        "said good-bye, or was started anew");
  }

  private void leave(List<Place> places, String why) {
    for (Place place : places) {
      Peer gone = peers.remove(place);
      if (regions.containsKey(place.region())) {
        LOG.info("Peer {} {}", gone.link.url(), why);
      }
      of(place.region()).leave(gone.link);
    }
  }

  /**
   * Notes that each node should have been heard by now. Missed turns are counted, and not the time,
   * so that a node which was stopped for a while does not take all others for gone.
   */
  synchronized void turn() {
    List<Place> silent = new ArrayList<>();
    peers.forEach(
        (place, peer) -> {
          if (!peer.listed && ++peer.missed > MAX_MISSED) {
            silent.add(place);
          }
        });
    leave(silent, "was not heard for " + MAX_MISSED + " heartbeats");
    for (Iterator<Life> lives = heard.values().iterator(); lives.hasNext(); ) {
      if (++lives.next().missed > MAX_MISSED) {
        lives.remove();
      }
    }
  }

  /** Lets all peers leave, listed ones too. */
  public synchronized void clear() {
    peers.forEach((place, peer) -> of(place.region()).leave(peer.link));
    peers.clear();
    heard.clear();
  }
}
