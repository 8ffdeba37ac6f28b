package io.ehcached.replication;

import io.ehcached.store.Ledger;
import io.ehcached.store.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Keeps one region the same on all nodes: takes in what peers send, and brings them what changes
 * here. Safe for use by many threads.
 */
public final class Replicator implements FrameHandler, AutoCloseable {
  private final Peers peers;
  private final Receiver receiver;

  /**
   * Makes the replicator of a region, which has no peers yet. The store keeps a ledger from here
   * on.
   *
   * @param region the region's name
   * @param url where peers can reach it
   * @param millis the wall clock, in milliseconds since the epoch
   */
  public Replicator(
      String region, String url, ReplicationSettings settings, Store store, LongSupplier millis) {
    Identity self = new Identity(region, url, new SecureRandom().nextLong());
    peers = new Peers(self, settings, store, millis);
    store.keep(new Ledger(millis, settings.tombstones(), settings.tombstoneMillis(), peers));
    receiver = new Receiver(self, store, peers, millis);
  }

  /** Starts to work with the peers that a directory knows, now and later. */
  public void start(PeerDirectory directory) {
    directory.watch(peers);
  }

  /** Tells whether nothing waits to be sent to any peer. */
  boolean isDrained() {
    return peers.present().stream().allMatch(PeerSender::isDrained);
  }

  /** Returns how many entries were handed to peers. */
  long sent() {
    return peers.present().stream().mapToLong(sender -> sender.counts().sent.sum()).sum();
  }

  @Override
  public byte[] handle(byte[] frame) throws IOException {
    return receiver.handle(frame);
  }

  /** Stops at once: what was not sent is lost with the node. */
  @Override
  public void close() {
    peers.stop();
  }
}
