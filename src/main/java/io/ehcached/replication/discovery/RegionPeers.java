package io.ehcached.replication.discovery;

import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import io.ehcached.replication.spi.UnlistedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The peers of one region, and who wants to be told of them. */
final class RegionPeers implements PeerDirectory {
  private final Set<PeerLink> peers = new LinkedHashSet<>(); // guarded by this, as is the next
  private final List<PeerWatcher> watchers = new ArrayList<>();

  private final KnownPeers all;
  private final String region;

  RegionPeers(KnownPeers all, String region) {
    this.all = all;
    this.region = region;
  }

  @Override
  public boolean knows(String url) {
    return all.knows(url);
  }

  @Override
  public boolean isListed(String url) {
    return all.isListed(url);
  }

  @Override
  public boolean hasUnlisted() {
    return true;
  }

  @Override
  public PeerLink unlisted(String url) throws UnlistedException {
    return all.unlisted(url, region);
  }

  @Override
  public void refused(String url, String why) {
    all.refused(url, why);
  }

  @Override
  public synchronized void watch(PeerWatcher watcher) {
    watchers.add(watcher);
    peers.forEach(watcher::joined);
  }

  synchronized void join(PeerLink peer) {
    if (peers.add(peer)) {
      watchers.forEach(watcher -> watcher.joined(peer));
    }
  }

  synchronized void leave(PeerLink peer) {
    if (peers.remove(peer)) {
      watchers.forEach(watcher -> watcher.left(peer));
    }
  }
}
