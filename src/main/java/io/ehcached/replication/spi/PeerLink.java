package io.ehcached.replication.spi;

import java.io.IOException;

/**
 * One other node's region, as this node can call it. Safe for use by many threads, which do not
 * wait for each other.
 */
public interface PeerLink {
  /** Returns where the region is, {@code //10.0.0.2:40001/items} say: the peer's name for good. */
  String url();

  /**
   * Hands the peer a frame and returns its answer. Never takes much longer than the deadline,
   * whatever state the peer or the network is in.
   *
   * @param timeoutMillis how long all of it may take, in milliseconds
   * @throws IOException when there is no answer by then, or the peer could not be reached, has not
   *     proved itself, or says that it cannot serve the frame. Unless it could not be reached, the
   *     peer may have taken the frame in
   */
  byte[] call(byte[] frame, long timeoutMillis) throws IOException;
}
