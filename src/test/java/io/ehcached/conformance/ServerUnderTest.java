package io.ehcached.conformance;

import java.net.InetSocketAddress;

/** A server that runs, empty, for one transcript. */
public interface ServerUnderTest extends AutoCloseable {
  /** Returns where it listens. */
  InetSocketAddress address();

  /** Tells whether it answers as memcached does today, where that is not as in 1.6.18. */
  boolean isOfToday();

  /** Tells whether it is a node of ours. */
  boolean isOurs();

  @Override
  void close();
}
