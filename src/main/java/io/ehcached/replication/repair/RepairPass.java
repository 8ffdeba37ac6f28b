package io.ehcached.replication.repair;

import io.ehcached.item.Key;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.StampComparison;
import io.ehcached.replication.wire.StampQuery;
import io.ehcached.store.Held;
import io.ehcached.store.HistoryView;
import io.ehcached.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through some of what this node holds with one peer: gives the peer what is older there, gets
 * what is newer, and does what {@link MissingItems} concludes where the peer has nothing.
 */
public final class RepairPass {
  private static final Logger LOG = LoggerFactory.getLogger(RepairPass.class);
  private static final int CHECK_LINES = 5000;
  private static final int FETCH_KEYS = 500;

  /** After so many, items are dropped before it is known whether the look becomes void. */
  private static final int MAX_DROPS = 100_000;

  private final PeerSender sender;
  private final PeerCalls calls;
  private final LocalReplica local;
  private final Store store;
  private final MissingItems missing;
  private final long process;
  private final HistoryView view;
  private final HistoryView mine;
  private final List<Key> newer = new ArrayList<>();
  private final List<Held> drops = new ArrayList<>();
  private long given;
  private long renewed;
  private long dropped;
  private boolean complete = true;

  /** Is run at the end. */
  @FunctionalInterface
  public interface Done {
    /** Goes on; what is thrown counts as a failure of a call. */
    void run() throws IOException;
  }

  /**
   * Makes a pass.
   *
   * @param process of the peer, whose history {@code view} is
   * @param view the peer's history; null when it has none to tell
   * @param mine this node's
   */
  public RepairPass(
      PeerSender sender,
      PeerCalls calls,
      LocalReplica local,
      MissingItems missing,
      long process,
      HistoryView view,
      HistoryView mine) {
    this.sender = sender;
    this.calls = calls;
    this.local = local;
    this.store = local.store();
    this.missing = missing;
    this.process = process;
    this.view = view;
    this.mine = mine;
  }

  /** Returns for how many keys something was found to be done. */
  long found() {
    return given + dropped + renewed + newer.size();
  }

  /** Tells whether the peer took all that it was given. */
  boolean isComplete() {
    return complete;
  }

  /** Goes through some lines, after the peer's flush: what it killed is not to be given or kept. */
  public void run(Iterator<Held> lines, Done done) throws IOException {
    if (view == null || !lines.hasNext()) {
      ask(lines, done);
      return;
    }
    calls.fetch(
        List.of(Store.FLUSH),
        entries -> {
          entries.forEach(entry -> local.take(entry, sender.counts()));
          ask(lines, done);
        });
  }

  private void ask(Iterator<Held> lines, Done done) throws IOException {
    StampQuery list = new StampQuery();
    while (lines.hasNext() && list.size() < CHECK_LINES) {
      list.add(lines.next());
    }
    if (list.size() == 0) {
      fetch(0, done);
    } else {
      calls.check(
          process, list, answers -> answered(list.lines(), answers, () -> ask(lines, done)));
    }
  }

  private void answered(List<Held> lines, StampComparison[] answers, Done next) throws IOException {
    List<Held> lacking = new ArrayList<>();
    List<Held> renewals = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      Held line = lines.get(i);
      switch (answers[i]) {
        case SAME -> {}
        case NEWER -> newer.add(line.key());
        case OLDER -> lacking.add(line);
        case MISSING -> {
          switch (missing.conclude(line, view, mine)) {
            case GIVE -> lacking.add(line);
            case RENEW -> renewals.add(line);
            case DROP -> drops.add(line);
            case LEAVE -> {}
          }
        }
      }
    }
    if (drops.size() > MAX_DROPS) {
      drop();
    }
    given += lacking.size();
    renewed += renewals.size();
    lacking.addAll(renewals); // by itself it may come after the peer is told that it has all
    Key[] keys = new Key[lacking.size()];
    long[] stamps = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = lacking.get(i).key();
      stamps[i] = store.peerWrites().first(keys[i], lacking.get(i).stamp());
    }
    renewals.forEach(line -> store.peerWrites().renew(line.key(), line.stamp()));
    give(keys, stamps, 0, next);
  }

  private void give(Key[] keys, long[] stamps, int from, Done done) throws IOException {
    if (from < keys.length) {
      sender
          .entries()
          .send(
              calls,
              keys,
              stamps,
              from,
              null,
              (next, refused) -> {
                if (refused > 0) {
                  complete = false;
                  sender.refused(refused, /* again= */ true);
                }
                give(keys, stamps, next, done);
              });
    } else {
      done.run();
    }
  }

  /** Gets what is newer there. */
  private void fetch(int from, Done done) throws IOException {
    if (from >= newer.size()) {
      end();
      done.run();
      return;
    }
    int to = Math.min(newer.size(), from + FETCH_KEYS);
    calls.fetch(
        newer.subList(from, to),
        entries -> {
          for (Entry entry : entries) {
            local.take(entry, sender.counts());
          }
          fetch(to, done);
        });
  }

  /**
   * Drops what is to be dropped. If the look is void, third nodes are not told of the reason, and
   * would keep it; so the next look does that.
   */
  private void drop() {
    if (!missing.isVoid()) {
      drops.forEach(line -> store.peerWrites().forget(line.key(), line.stamp()));
      dropped += drops.size();
    }
    drops.clear();
  }

  private void end() {
    drop();
    sender.counts().repaired.add(given);
    sender.counts().dropped.add(dropped);
    sender.counts().renewed.add(renewed);
    if (dropped > 0) {
      LOG.info(
          "Dropped {} items that peer {} no longer has: it had them, and no longer remembers"
              + " everything that happened to them meanwhile",
          dropped,
          sender.shown());
    }
    if (renewed > 0) {
      LOG.info(
          "Kept {} items that peer {} never had, although it no longer remembers everything that"
              + " was written meanwhile",
          renewed,
          sender.shown());
    }
  }
}
