package io.ehcached.replication.network;

import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.settings.PeerSettingsException;

/**
 * What is said about peers outside {@code ehcache.xml}.
 *
 * @param security how peers prove themselves, as far as the command line says it
 * @param requirePeerAuth not to start unless peers have to prove themselves
 * @param maxFrameBytes the longest frame, and answer, there may be
 */
public record PeerOptions(PeerSecurity security, boolean requirePeerAuth, int maxFrameBytes) {
  /** The longest frame where nothing else is said: 16 MiB. */
  public static final int DEFAULT_MAX_FRAME_BYTES = 16 << 20;

  /**
   * Finds out whether peers can prove themselves as is said here and in {@code ehcache.xml}.
   *
   * @throws PeerSettingsException when a file cannot be used, or they contradict each other
   */
  public void check(PeerSettings settings) {
    PeerSafety.checkHeartbeats(
        security.and(settings.proofs().read()), settings.discovery().isAutomatic());
  }

  /** Returns what holds when nothing is said. */
  public static PeerOptions defaults() {
    return new PeerOptions(PeerSecurity.none(), false, DEFAULT_MAX_FRAME_BYTES);
  }
}
