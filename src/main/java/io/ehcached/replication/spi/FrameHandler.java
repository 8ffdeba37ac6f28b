package io.ehcached.replication.spi;

import java.io.IOException;

/** What this node does with a frame that a peer sends to one of its regions. */
public interface FrameHandler {
  /**
   * Takes in a frame and returns the answer, which travels back as the result of the peer's {@link
   * PeerLink#call}. Called by many threads at once.
   *
   * @throws IOException when the frame cannot be understood or not be served; its text travels back
   */
  byte[] handle(byte[] frame) throws IOException;
}
