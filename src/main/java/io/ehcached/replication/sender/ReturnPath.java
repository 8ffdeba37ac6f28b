package io.ehcached.replication.sender;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one peer sends its writes to this node, as the peer tells: one that does not know this
 * node answers its calls all the same. Safe for use by many threads.
 */
final class ReturnPath {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class); // as operators know

  /** For how long a peer that was just met may not know this node yet, in milliseconds. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final Supplier<String> shown;
  private long missingSince; // by ticks; 0: it is not; guarded by this, as is the next
  private boolean told;

  /**
   * Makes it for a peer that was not met yet.
   *
   * @param shown how the log names the peer
   */
  ReturnPath(Supplier<String> shown) {
    this.shown = shown;
  }

  /**
   * Takes note of whether the peer can call this node.
   *
   * @param ticks the time, by this node's ticks
   */
  synchronized void heard(boolean linked, long ticks) {
    if (linked) {
      if (told) {
        LOG.info("Peer {} sends its writes to this node now", shown.get());
      }
      told = false;
      missingSince = 0;
    } else if (missingSince == 0) {
      missingSince = Math.max(1, ticks);
    } else if (!told && ticks - missingSince >= PATIENCE_MILLIS) {
      told = true;
      LOG.warn(
          "Peer {} answers and does not send its writes to this node: it does not know this node or"
              + " cannot reach it. Add this node to its rmiUrls, or look at its log.",
          shown.get());
    }
  }

  /**
   * Tells whether the peer does not send.
   *
   * @param patient whether it is given the time that a peer that was just met needs
   */
  synchronized boolean isMissing(long ticks, boolean patient) {
    return missingSince != 0 && (!patient || ticks - missingSince >= PATIENCE_MILLIS);
  }
}
