package io.ehcached.replication.membership;

import io.ehcached.item.Key;
import io.ehcached.replication.repair.AntiEntropy;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import io.ehcached.store.Ledger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The peers of one region, those that left among them. Safe for use by many threads. */
public final class Peers implements Ledger.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  /** How many peers that left are remembered, so that they can go on where they were. */
  private static final int MAX_GONE = 64;

  /** How many callers that cannot be talked to are told of in the log within an hour. */
  private static final int MAX_REFUSED = 64;

  private static final long HOUR_MILLIS = 60 * 60 * 1000L;

  private final LocalReplica local;
  private final Environment environment;
  private final PeerCounts strangers = new PeerCounts();
  private final Set<String> refused = new HashSet<>(); // guarded by itself, as is the next
  private long refusedSince;
  private volatile List<PeerSender> senders = List.of();
  private boolean stopped;

  /** Makes the peers of a region, of which there are none yet. */
  public Peers(LocalReplica local) {
    this.local = local;
    this.environment = local.environment();
  }

  /**
   * Returns all peers but this node itself, those that left, and those that have not answered yet
   * since another peer told of them.
   */
  public List<PeerSender> present() {
    return senders.stream().filter(s -> isPresent(s) && !s.isUnproved()).toList();
  }

  private static boolean isPresent(PeerSender sender) {
    return sender.state() != PeerState.SELF && sender.state() != PeerState.LEFT;
  }

  /** Tells whether a process is a peer. */
  boolean isPresent(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    return sender != null && isPresent(sender);
  }

  /** Tells whether a peer is called by a URL. */
  boolean isPresent(String url) {
    PeerSender sender = byUrl(url);
    return sender != null && isPresent(sender);
  }

  /** Returns what is counted of callers that are no peers yet. */
  public PeerCounts strangers() {
    return strangers;
  }

  /**
   * There is a peer that was not known, or one that was started anew. It may not answer yet.
   *
   * @param unproved whether it is no peer before it answers
   */
  synchronized void joined(PeerLink peer, boolean unproved) {
    if (stopped) {
      return;
    }
    PeerSender sender = byUrl(peer.url());
    if (sender == null) {
      sender = new PeerSender(peer.url(), local, peerSender -> new AntiEntropy(peerSender, local));
      List<PeerSender> more = new ArrayList<>(senders);
      more.add(sender);
      forgetGone(more);
      senders = List.copyOf(more);
    }
    sender.setUnproved(unproved);
    sender.start(peer);
  }

  /** A peer is no longer one, or is about to join again as another process. */
  synchronized void left(PeerLink peer) {
    PeerSender sender = byUrl(peer.url());
    if (sender != null) {
      sender.leave();
    }
  }

  /** Runs {@code done} once all peers within reach have what was written until now. */
  public void whenSent(long deadlineMillis, Runnable done) {
    List<PeerSender> all = senders;
    AtomicInteger open = new AtomicInteger(all.size() + 1);
    Runnable one =
        () -> {
          if (open.decrementAndGet() == 0) {
            done.run();
          }
        };
    for (PeerSender sender : all) {
      sender.whenSent(deadlineMillis, one);
    }
    one.run();
  }

  /** Stops all senders. */
  public synchronized void stop() {
    stopped = true;
    senders.forEach(PeerSender::stop);
  }

  /** Returns what sends to a URL, which may have left; null if nothing ever did. */
  PeerSender byUrl(String url) {
    for (PeerSender sender : senders) {
      if (sender.url().equals(url)) {
        return sender;
      }
    }
    return null;
  }

  private static void forgetGone(List<PeerSender> all) {
    Predicate<PeerSender> gone = s -> s.state() == PeerState.LEFT;
    for (long left = all.stream().filter(gone).count(); left > MAX_GONE; left--) {
      PeerSender oldest = all.stream().filter(gone).findFirst().orElseThrow();
      oldest.stop();
      all.remove(oldest);
    }
  }

  @Override
  public void changed(Key key, long stamp, Kind kind) {
    for (PeerSender sender : senders) {
      sender.changed(key, stamp, kind);
    }
  }

  /** Takes note that a process gave this node all that it held. */
  public void agreed(long incarnation, HistoryView view) {
    local.meet(view);
    PeerSender sender = byIncarnation(incarnation);
    if (sender != null) {
      sender.agreed(view);
    }
  }

  /** Takes note of what a process claims of its own writes. */
  public void claimed(long incarnation, Claim claim) {
    PeerSender sender = byIncarnation(incarnation);
    if (sender != null && sender.isBelieved()) {
      local.history().saw(claim);
    }
  }

  @Override
  public boolean isSeenByAll(long stamp) {
    HistoryView origins = local.history().origins();
    for (PeerSender sender : senders) {
      if (!sender.isUnproved() && !sender.hasSeen(stamp, origins)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Notes that a process called, and returns what is counted of it.
   *
   * @param greeting whether it only asked how this node is
   */
  public PeerCounts heard(long incarnation, boolean greeting) {
    PeerSender known = byIncarnation(incarnation);
    if (known != null) {
      known.heard();
      if (!greeting) {
        known.sendsHere();
      }
      return known.counts();
    }
    senders.forEach(PeerSender::wake);
    return strangers;
  }

  /** Notes how a process that called describes itself. */
  public void described(long incarnation, NodeDescription description) {
    PeerSender sender = byIncarnation(incarnation);
    if (sender != null) {
      sender.described(description);
    }
  }

  /** Notes a call of a node with another protocol; the log names each such node once an hour. */
  public void refused(OtherVersionException why) {
    PeerSender known = byUrl(why.url());
    if (known != null) {
      known.refused(why);
      return;
    }
    if (isNews(why.url() + why.getMessage())) {
      LOG.warn(
          "Refused a call of peer {}: {} (logged once an hour)",
          why.url().isEmpty() ? "unknown" : why.url(),
          why.getMessage());
    }
  }

  private boolean isNews(String refusal) {
    synchronized (refused) {
      long now = environment.ticks();
      if (now - refusedSince >= HOUR_MILLIS) {
        refusedSince = now;
        refused.clear();
      }
      return refused.size() < MAX_REFUSED && refused.add(refusal);
    }
  }

  /** One that left may have come back by another URL. */
  private PeerSender byIncarnation(long incarnation) {
    PeerSender found = null;
    for (PeerSender sender : senders) {
      Hello peer = sender.peer();
      if (peer != null
          && peer.incarnation() == incarnation
          && (found == null || !isPresent(found))) {
        found = sender;
      }
    }
    return found;
  }

  /** Tells whether a process can be called from here. */
  public boolean isLinked(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    return sender != null && sender.isReachable();
  }

  /** Returns how many writes wait for a process. */
  public long pending(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    return sender == null ? 0 : sender.pending();
  }

  /**
   * Returns what was removed here and forgotten while a process missed it: what {@link
   * LocalReplica#take} is to be told.
   */
  public long forgotten(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    Hello peer = sender == null ? null : sender.peer();
    return local.history().forgottenUnknownTo(peer == null ? null : peer.history());
  }
}
