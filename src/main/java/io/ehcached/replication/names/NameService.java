package io.ehcached.replication.names;

import java.io.Closeable;
import java.util.function.Consumer;

/** Tells which addresses a name stands for. Safe for use by many threads. */
public interface NameService extends Closeable {
  /**
   * Asks what a name stands for at the moment; returns at once.
   *
   * @param name of a host; or, if it begins with an underscore, of a service ({@code
   *     _registry._tcp.nodes}), whose SRV records name hosts and ports
   * @param then is given the one answer, by any thread
   */
  void ask(String name, Consumer<NameAnswer> then);

  /** Ends; questions without an answer may never get one. */
  @Override
  void close();
}
