package io.ehcached.replication.status;

/**
 * A setting that is not the same on this node and on a peer.
 *
 * @param name under which operators set it
 * @param here its value on this node
 * @param there its value on the peer
 * @param diverging whether clients may find other items there because of it
 */
public record SettingDifference(String name, String here, String there, boolean diverging) {
  /** Returns it as operators are told: {@code timeToLiveSeconds is 0 here and 60 there}. */
  @Override
  public String toString() {
    return name + " is " + here + " here and " + there + " there";
  }
}
