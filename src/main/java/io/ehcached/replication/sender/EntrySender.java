package io.ehcached.replication.sender;

import io.ehcached.item.Key;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.wire.EntriesFrame;
import io.ehcached.replication.wire.Entry;
import io.ehcached.store.HistoryView.Claim;
import java.io.IOException;

/**
 * Sends one peer what this node holds under some keys at that moment. Safe for use by many threads.
 */
public final class EntrySender {
  private static final int FRAME_BYTES = 1 << 20;

  private final PeerSender peer;
  private final LocalReplica local;

  /** Takes what became of a frame. */
  @FunctionalInterface
  public interface Sent {
    /**
     * Goes on.
     *
     * @param next the index of the first key that was not sent
     * @param refused how many items the peer did not take, as their stamps are too far ahead
     */
    void accept(int next, long refused) throws IOException;
  }

  EntrySender(PeerSender peer, LocalReplica local) {
    this.peer = peer;
    this.local = local;
  }

  /**
   * Sends a frame of what this node holds under some keys.
   *
   * @param stamps as in {@link DirtyKeys.Batch}
   * @param claim what the peer has seen with the last of the keys, or null
   */
  public void send(PeerCalls caller, Key[] keys, long[] stamps, int from, Claim claim, Sent reply) {
    EntriesFrame frame =
        caller.entries(keys.length - from, local.settings().now().maxBatchItems(), FRAME_BYTES);
    int i = from;
    boolean flushed = false;
    while (i < keys.length) {
      Entry entry = local.outgoing(keys[i], stamps[i]);
      boolean flush = entry != null && entry.key().length() == 0;
      if (entry != null && !(flush && flushed) && !frame.add(entry)) {
        break;
      }
      flushed |= flush; // it stands for all keys that it flushed
      i++;
    }
    int next = i;
    if (frame.items() == 0) {
      try {
        reply.accept(next, 0);
      } catch (IOException e) {
        throw new IllegalStateException(e); // who gives nothing calls nobody
      }
      return;
    }
    if (claim != null && next == keys.length) {
      frame.claim(claim, peer.peer().incarnation());
    }
    caller.send(
        frame,
        refused -> {
          peer.health().heard();
          peer.counts().sent.add(frame.items());
          reply.accept(next, refused);
        });
  }
}
