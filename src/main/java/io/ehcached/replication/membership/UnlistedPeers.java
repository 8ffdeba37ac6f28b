package io.ehcached.replication.membership;

import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.ComparedSetting;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.spi.UnlistedException;
import io.ehcached.replication.status.PeerOrigin;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.FrameHeader;
import io.ehcached.replication.wire.Members;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers that this node neither lists nor hears: those that call it, and those that its peers
 * tell of. Decision 29 has the rules. It stands between the directory, which knows the other peers,
 * and {@link Peers}. Safe for use by many threads.
 */
public final class UnlistedPeers implements PeerWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(UnlistedPeers.class);

  /** How long a peer may be out of reach before it is forgotten, in milliseconds. */
  private static final long FORGET_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /**
   * How long a peer that others told of may take to answer for the first time, and for how long one
   * that was stopped is still known, in ms.
   */
  private static final long ANSWER_MILLIS = 30_000;

  /** So long, a listed peer that calls under another name has to be recognised, in ms. */
  private static final long RECOGNISE_MILLIS = 300;

  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_REMEMBERED = 512;

  private final Peers peers;
  private final LocalReplica local;
  private final Environment environment;
  private volatile PeerDirectory directory; // null before the start, as is the executor
  private volatile SerialExecutor executor;
  private volatile boolean open; // for peers that are not listed
  private final Map<String, Unlisted> known = new LinkedHashMap<>(); // guarded by this, as are all
  private final Set<String> listed = new HashSet<>(); // or heard, as the directory says
  private final Set<String> expected = new HashSet<>(); // accepted in a moment
  private final Map<Long, Caller> callers = bounded();
  private final Map<String, Long> removed = bounded(); // the process it was; 0: it was not met
  private final Set<String> own = new HashSet<>();
  private Set<String> told = Set.of();

  /** A node that called, by its process. */
  private record Caller(String url, boolean listed) {}

  private static final class Unlisted {
    final PeerLink link;
    final long since;
    PeerOrigin origin;
    long unreachableSince; // by ticks; 0: it is reachable

    Unlisted(PeerLink link, PeerOrigin origin, long since) {
      this.link = link;
      this.origin = origin;
      this.since = since;
      this.unreachableSince = since;
    }
  }

  /** Makes those of a region, of which there are none yet. */
  public UnlistedPeers(Peers peers, LocalReplica local) {
    this.peers = peers;
    this.local = local;
    this.environment = local.environment();
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }

  /** Starts to take in peers, those of the directory too, and to check them by tasks. */
  public void start(PeerDirectory peerDirectory, SerialExecutor tasks) {
    executor = tasks;
    directory = peerDirectory;
    open = peerDirectory.hasUnlisted();
    if (open) {
      local.introduce(this::introduction, members -> members.urls().forEach(this::heardOf));
      tasks.after(CHECK_NANOS, this::check);
    }
    peerDirectory.watch(this);
  }

  @Override
  public synchronized void joined(PeerLink peer) {
    listed.add(peer.url());
    known.remove(peer.url());
    removed.remove(peer.url());
    peers.joined(peer, false);
  }

  @Override
  public synchronized void left(PeerLink peer) {
    listed.remove(peer.url());
    PeerSender sender = peers.byUrl(peer.url());
    boolean met = sender != null && sender.peer() != null;
    removed.put(peer.url(), met ? sender.peer().incarnation() : 0L);
    if (met) {
      Caller caller = callers.get(sender.peer().incarnation());
      if (caller != null) {
        removed.put(caller.url(), sender.peer().incarnation());
      }
    }
    peers.left(peer);
  }

  /**
   * Takes note that a process greets this node, which may become a peer by that.
   *
   * @throws RefusedException when it does not
   */
  public void greeted(FrameHeader header, Members members, NodeDescription description)
      throws RefusedException {
    Caller caller = new Caller(header.url(), members.listed());
    synchronized (this) {
      callers.remove(header.incarnation()); // to be the latest
      callers.put(header.incarnation(), caller);
      Unlisted unlisted = known.get(header.url());
      if (unlisted != null && members.listed()) {
        unlisted.origin = PeerOrigin.ACCEPTED;
      }
    }
    if (open) {
      decide(caller, header.incarnation(), description);
      members.urls().forEach(this::heardOf);
    }
  }

  /**
   * Takes note that a process calls for anything else.
   *
   * @throws RefusedException when it is no peer and does not become one
   */
  public void called(FrameHeader header) throws RefusedException {
    if (!open || peers.isPresent(header.incarnation())) {
      return;
    }
    Caller caller;
    synchronized (this) {
      caller = callers.get(header.incarnation());
    }
    decide(
        caller == null ? new Caller(header.url(), true) : caller,
        header.incarnation(),
        NodeDescription.NONE);
  }

  private void decide(Caller caller, long incarnation, NodeDescription description)
      throws RefusedException {
    String url = caller.url();
    if (url.equals(local.self().url()) || isKnown(url) || peers.isPresent(incarnation)) {
      return;
    }
    synchronized (this) {
      Long process = removed.get(url);
      if (process != null && (process == 0 || process == incarnation) && !caller.listed()) {
        throw new RefusedException(
            "it removed this node from its rmiUrls, and is not in those of this node", true);
      }
    }
    try {
      String other = otherCluster(description);
      if (other != null) {
        throw new UnlistedException(other);
      }
      PeerLink unused = directory.unlisted(url);
      synchronized (this) {
        if (known.size() >= Members.MAX_URLS) {
          throw new UnlistedException("it has " + known.size() + " peers that it does not list");
        }
      }
      acceptSoon(url, incarnation);
    } catch (UnlistedException e) {
      directory.refused(url, "Refused peer " + url + ": " + e.getMessage());
      throw new RefusedException("it refuses " + url + ": " + e.getMessage(), false);
    }
  }

  private String otherCluster(NodeDescription description) {
    String name = ComparedSetting.CLUSTER.shown();
    String here = local.description().values().get(name);
    String there = description.values().get(name);
    return here == null || there == null || here.equals(there)
        ? null
        : "it belongs to cluster " + there + ", and the node that it called to " + here;
  }

  private boolean isKnown(String url) {
    return directory.knows(url) || peers.isPresent(url);
  }

  private void acceptSoon(String url, long incarnation) {
    synchronized (this) {
      if (expected.size() >= Members.MAX_URLS || !expected.add(url)) {
        return;
      }
    }
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(RECOGNISE_MILLIS),
        () -> {
          boolean unknown = !isKnown(url) && !peers.isPresent(incarnation);
          PeerLink link = unknown ? link(url) : null;
          synchronized (this) {
            expected.remove(url);
            if (link != null && add(link, PeerOrigin.ACCEPTED)) {
              removed.remove(url);
            }
          }
        });
  }

  /** Returns null where the peer is not accepted any more. */
  private PeerLink link(String url) {
    try {
      return directory.unlisted(url);
    } catch (UnlistedException e) {
      LOG.debug("{} is not accepted", url, e);
      return null;
    }
  }

  private boolean add(PeerLink link, PeerOrigin origin) {
    if (known.containsKey(link.url()) || known.size() >= Members.MAX_URLS) {
      return false;
    }
    known.put(link.url(), new Unlisted(link, origin, environment.ticks()));
    LOG.info(
        origin == PeerOrigin.TOLD
            ? "Calling {}, of which a peer told"
            : "Accepted peer {}, which called and is not in rmiUrls",
        link.url());
    peers.joined(link, origin == PeerOrigin.TOLD);
    return true;
  }

  /** Takes note of which peers a peer has. */
  private void heardOf(String url) {
    synchronized (this) {
      if (url.equals(local.self().url())
          || own.contains(url)
          || known.containsKey(url)
          || removed.containsKey(url)) {
        return;
      }
      for (Map.Entry<Long, Caller> caller : callers.entrySet()) {
        if (caller.getValue().url().equals(url) && peers.isPresent(caller.getKey())) {
          return; // it is known by another URL
        }
      }
    }
    executor.execute(
        () -> {
          PeerLink link = isKnown(url) ? null : link(url);
          if (link != null) {
            synchronized (this) {
              boolean unused = add(link, PeerOrigin.TOLD);
            }
          }
        });
  }

  /** Checks, again and again, who of them is still a peer. */
  private void check() {
    List<Unlisted> all;
    synchronized (this) {
      all = new ArrayList<>(known.values());
    }
    Map<String, String> refusals = new HashMap<>();
    for (Unlisted one : all) {
      try {
        PeerLink unused = directory.unlisted(one.link.url());
      } catch (UnlistedException e) {
        refusals.put(one.link.url(), e.getMessage());
      }
    }
    synchronized (this) {
      for (Unlisted one : all) {
        String why = refusals.get(one.link.url());
        why = why == null ? whyGone(one) : why;
        if (why != null && known.remove(one.link.url(), one)) {
          LOG.info("Forgot peer {}: {}", one.link.url(), why);
          peers.left(one.link);
        }
      }
    }
    tellOfChanges();
    executor.after(CHECK_NANOS, this::check);
  }

  /** Returns why one is no peer any more; null if it is. */
  private String whyGone(Unlisted one) {
    PeerSender sender = peers.byUrl(one.link.url());
    long now = environment.ticks();
    if (sender == null || sender.state() == PeerState.LEFT) {
      return "it left";
    } else if (sender.state() == PeerState.SELF) {
      if (own.size() < Members.MAX_URLS) {
        own.add(one.link.url());
      }
      return "it is this node itself";
    } else if (sender.state() == PeerState.REFUSED && sender.health().isRemoved()) {
      return sender.health().lastError();
    }
    PeerSender twin = twin(sender);
    if (twin != null) {
      return "it is the same node as " + twin.url();
    }
    if (sender.isReachable()) {
      one.unreachableSince = 0;
      return null;
    }
    one.unreachableSince = one.unreachableSince == 0 ? now : one.unreachableSince;
    if (sender.state() == PeerState.STOPPED && now - one.unreachableSince >= ANSWER_MILLIS) {
      return "it was stopped"; // not at once: what it still has to send is not to bring it back
    }
    if (sender.isUnproved() && now - one.since >= ANSWER_MILLIS) {
      return "it did not answer";
    }
    return now - one.unreachableSince >= FORGET_MILLIS
        ? "it was out of reach for " + FORGET_MILLIS / 60_000 + " minutes"
        : null;
  }

  /** Returns another peer that is the same process, and is to stay instead of an unlisted one. */
  private PeerSender twin(PeerSender sender) {
    if (sender.peer() == null) {
      return null;
    }
    for (PeerSender other : peers.present()) {
      boolean stays = !known.containsKey(other.url()) || other.url().compareTo(sender.url()) < 0;
      if (other != sender
          && stays
          && other.isReachable()
          && other.peer().incarnation() == sender.peer().incarnation()) {
        return other;
      }
    }
    return null;
  }

  private void tellOfChanges() {
    synchronized (this) {
      Set<String> now = reachable();
      boolean news = !told.containsAll(now);
      told = now;
      if (!news) {
        return;
      }
    }
    peers.present().stream().filter(PeerSender::isReachable).forEach(PeerSender::greet);
  }

  /** Returns by which URLs the peers within reach say that they are called. */
  private Set<String> reachable() {
    Set<String> urls = new TreeSet<>();
    for (PeerSender sender : peers.present()) {
      if (sender.isReachable()) {
        Caller caller = callers.get(sender.peer().incarnation());
        urls.add(caller == null ? sender.url() : caller.url());
      }
    }
    return urls;
  }

  private synchronized Members introduction(String url) {
    // One that was just forgotten is in neither; it would take the other answer for an invitation.
    return new Members(listed.contains(url), List.copyOf(reachable()));
  }

  /** Returns how this node knows of a peer. */
  public PeerOrigin origin(String url) {
    synchronized (this) {
      Unlisted unlisted = known.get(url);
      if (unlisted != null) {
        return unlisted.origin;
      }
    }
    return directory == null || directory.isListed(url) ? PeerOrigin.LISTED : PeerOrigin.MULTICAST;
  }
}
