package io.ehcached.replication.names;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a name stands for, as it was answered.
 *
 * @param addresses without duplicates; empty where the name is not known, or nobody could say. The
 *     port is 0 unless the name is a service's
 * @param ttlSeconds for how long the answer holds
 * @param error why there are no addresses, or why some may be missing; else empty
 */
public record NameAnswer(List<InetSocketAddress> addresses, long ttlSeconds, String error) {
  public NameAnswer {
    addresses = List.copyOf(addresses);
  }

  /** Returns the answer that there is none. */
  public static NameAnswer failed(String error) {
    return new NameAnswer(List.of(), 0, error);
  }
}
