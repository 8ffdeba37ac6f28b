package io.ehcached.replication.status;

/**
 * Which node it is, as operators see it.
 *
 * @param name as its operator chose it, or its host's; empty if it is not known
 * @param id of its process, 16 hexadecimal digits; empty if it is not known
 */
public record NodeIdentity(String name, String id) {
  /** A node that was never met. */
  public static final NodeIdentity UNKNOWN = new NodeIdentity("", "");

  /** Returns the identity of a process. */
  public static NodeIdentity of(String name, long incarnation) {
    return new NodeIdentity(name, "%016x".formatted(incarnation));
  }

  /** Returns where the node is, with its name: {@code //10.0.0.2:4567/memcached (cache-2)}. */
  public String at(String url) {
    return name.isEmpty() ? url : url + " (" + name + ")";
  }
}
