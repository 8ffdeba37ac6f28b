package io.ehcached.bench;

/** Two nodes on this machine: the first is written to, the second is its peer. */
interface Pair extends AutoCloseable {
  /** Returns what the table calls them. */
  String name();

  /** Writes items {@code from} to {@code from + count - 1} to the first node, at full speed. */
  void write(int from, int count);

  /**
   * Writes at a steady rate for a while, every tenth item a probe that the peer is looked at for.
   *
   * @param firstProbe the number of the first probe, above all before
   * @return how long each probe took from its put until it was seen on the peer, in nanoseconds
   */
  Latencies trickle(int firstProbe, int perSecond, int seconds);

  /** Returns once the peer has this item; false when it has not within some seconds. */
  boolean awaitOnPeer(int item, int seconds);

  /** Returns how many of the items 0 to {@code count - 1} the peer has, each with its value. */
  int countOnPeer(int count);

  /** Returns the two processes, the one written to first. */
  Child[] nodes();

  /** Ends the peer at once, as {@code kill -9} does. */
  default void killPeer() {
    nodes()[1].kill();
  }

  /** Starts the peer again, with nothing in its memory. */
  void restartPeer();

  /** Returns the ports on which the peer is called. */
  int[] peerPorts();

  @Override
  void close();
}
