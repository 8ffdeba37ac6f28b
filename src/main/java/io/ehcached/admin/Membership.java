package io.ehcached.admin;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The cluster's nodes, as far as this node knows them.
 *
 * @param version grows whenever the members change; of two nodes' answers the greater is the newer
 * @param members the nodes that clients can connect to, in the same order on every node
 */
public record Membership(long version, List<Member> members) {
  /** The key with which old clients read what {@code config get cluster} returns. */
  public static final String LEGACY_KEY = "AmazonElastiCache:cluster";

  /**
   * One node.
   *
   * @param host its name or address, as clients are to write it
   * @param ip its address; as the host where no name is known
   * @param port where it serves clients
   * @param name the node's; empty if it is not known
   * @param id of its process, as peers know it; empty if it is not known
   */
  public record Member(String host, String ip, int port, String name, String id)
      implements Comparable<Member> {
    /** Makes one of which only the address is known. */
    public Member(String host, String ip, int port) {
      this(host, ip, port, "", "");
    }

    @Override
    public int compareTo(Member other) {
      int order = host.compareTo(other.host);
      return order != 0 ? order : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
      return host + "|" + ip + "|" + port;
    }
  }

  /** Copies the members, in their order. */
  public Membership {
    members = members.stream().distinct().sorted().toList();
  }

  /**
   * Returns a membership in ElastiCache's format: the version, and a line of {@code host|ip|port},
   * separated by blanks.
   */
  public static String text(Membership membership) {
    return membership.members().stream()
        .map(Member::toString)
        .collect(Collectors.joining(" ", membership.version() + "\n", "\n"));
  }
}
