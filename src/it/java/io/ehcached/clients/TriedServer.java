package io.ehcached.clients;

/** The server that clients are tried with: two nodes of a cluster, or one that stands for both. */
interface TriedServer extends AutoCloseable {
  /** Returns host and port of the first node. */
  String one();

  /** Returns host and port of the other, or of the same where there is no other. */
  String two();

  /** Kills the first node, and starts it again at the same port. */
  void restartOne();

  @Override
  void close();
}
