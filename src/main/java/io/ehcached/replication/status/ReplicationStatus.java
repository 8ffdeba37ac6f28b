package io.ehcached.replication.status;

import io.ehcached.replication.wire.WireVersion;
import java.util.List;

/**
 * The state of a node's replication.
 *
 * @param region the region's name
 * @param url where peers call this node
 * @param node which node this is
 * @param wireVersion the newest version of the peers' protocol that this node supports
 * @param synchronous whether clients are answered once the peers have their writes
 * @param copying what of the peers' items is being copied to this node
 * @param pauses how often this node stood still, and whether it has caught up since
 * @param otherSecret whether this node seems to be the one with a wrong secret: a peer has another,
 *     and none was met since this node started
 * @param tombstones how many removals are remembered
 * @param unknownReceived entries that came from callers that are not known as peers
 * @param expectedPeers how many peers should be reachable; 0 is any number
 * @param peers those there are now
 */
public record ReplicationStatus(
    String region,
    String url,
    NodeIdentity node,
    WireVersion wireVersion,
    boolean synchronous,
    Copying copying,
    Pauses pauses,
    boolean otherSecret,
    long tombstones,
    long unknownReceived,
    int expectedPeers,
    List<PeerStatus> peers) {

  /**
   * The copy that a node makes when it starts.
   *
   * @param state none, seeking, copying, done or failed
   * @param source the peer that is copied; {@code none} while there is none
   * @param percent how much of the keys is done
   * @param items how many came so far
   * @param failed whether it ended by a fault of this node's
   */
  public record Copying(String state, String source, int percent, long items, boolean failed) {
    /** What a node tells that makes no copy. */
    public static final Copying NONE = new Copying("none", "none", 100, 0, false);
  }

  /**
   * How often the node stood still for longer than its peers wait for an answer.
   *
   * @param count how often
   * @param lastMillis for how long the last time; 0 when it never did
   * @param catchingUp whether it does not know yet what it missed the last time
   * @param awaited the URLs of the peers that it has to compare with until it does
   */
  public record Pauses(long count, long lastMillis, boolean catchingUp, List<String> awaited) {
    /** Makes one; the list is copied. */
    public Pauses {
      awaited = List.copyOf(awaited);
    }
  }

  /** Makes one; the peers are copied. */
  public ReplicationStatus {
    peers = List.copyOf(peers);
  }

  /** Returns how many peers can be reached. */
  public long reachablePeers() {
    return peers.stream().filter(peer -> peer.state().isReachable()).count();
  }
}
