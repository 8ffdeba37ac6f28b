package io.ehcached.replication.status;

import io.ehcached.replication.wire.PeerVersion;
import java.util.List;
import java.util.OptionalLong;

/**
 * The state of one peer, as this node knows it.
 *
 * @param url where the peer is called
 * @param node which node it is, as it said when it was met last
 * @param origin how this node knows of it
 * @param version what the peer said of itself when it was met last; null if it never was
 * @param sendsHere whether it sends its writes to this node, as it said last; null if it was never
 *     met
 * @param oneWay whether this node is not to serve clients since the peer does not send
 * @param otherSecret whether it showed, when it was called last, that it has another secret
 * @param pending how many keys wait to be sent to it
 * @param lagMillis how long the oldest of these has waited
 * @param equality whether it holds what this node holds
 * @param differences settings that are not the same there
 * @param counts what is counted of it
 * @param lastError why a call failed last; empty if none did
 * @param secondsSinceHeard when it was last heard of; empty if never
 */
public record PeerStatus(
    String url,
    NodeIdentity node,
    PeerOrigin origin,
    PeerState state,
    PeerVersion version,
    Boolean sendsHere,
    boolean oneWay,
    boolean otherSecret,
    long pending,
    long lagMillis,
    Equality equality,
    List<SettingDifference> differences,
    Counts counts,
    String lastError,
    OptionalLong secondsSinceHeard) {
  /**
   * What is counted of a peer, since this node started.
   *
   * @param sent entries handed over to it
   * @param received entries that came from it
   * @param merged of these, the ones that were newer than what was here
   * @param refusedOlder of these, the ones that something newer stood against
   * @param refusedAhead of these, the ones stamped too far ahead
   * @param repaired entries handed over since a comparison showed that it lacked them
   * @param dropped items dropped here, since the peer had lost track of what happened to them
   * @param renewed items kept here and written once more, since neither node could know that
   * @param overflows how often more keys waited for it than are kept
   * @param errors calls to it that failed
   */
  public record Counts(
      long sent,
      long received,
      long merged,
      long refusedOlder,
      long refusedAhead,
      long repaired,
      long dropped,
      long renewed,
      long overflows,
      long errors) {}

  /** Makes one; the list is copied. */
  public PeerStatus {
    differences = List.copyOf(differences);
  }

  /** Returns where the peer is, with its name if that is known. */
  public String shown() {
    return node.at(url);
  }
}
