package io.ehcached.node;

import io.ehcached.config.EhcacheNode;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.RegionBound;
import io.ehcached.process.HeapRoom;
import io.ehcached.reload.Reloadable;
import io.ehcached.replication.settings.PeerSettingsException;
import io.ehcached.store.Store;
import net.sf.ehcache.config.CacheConfiguration;

/** The parts of a running node that follow its {@code ehcache.xml}. */
final class ReloadableNode implements Reloadable {
  private final EhcacheNode ehcache;
  private final Store store;
  private final Replication replication;

  ReloadableNode(EhcacheNode ehcache, Store store, Replication replication) {
    this.ehcache = ehcache;
    this.store = store;
    this.replication = replication;
  }

  @Override
  public void listener(NodeConfiguration wanted) throws RefusedException {
    try {
      ehcache.network().listenAt(wanted.peers().listener());
    } catch (PeerSettingsException e) {
      throw new RefusedException(e);
    }
    replication.moved();
  }

  @Override
  public void peers(NodeConfiguration wanted) throws RefusedException {
    try {
      ehcache.network().findBy(wanted.peers().discovery());
    } catch (PeerSettingsException e) {
      throw new RefusedException(e);
    }
    replication.expect(wanted.peers().discovery().expectedPeers());
  }

  @Override
  public void replicator(NodeConfiguration wanted) {
    replication.change(wanted.replication());
  }

  @Override
  public void bound(NodeConfiguration wanted) throws RefusedException {
    RegionBound bound = wanted.bound();
    CacheConfiguration region = ehcache.region().getCacheConfiguration();
    boolean inBytes = region.getMaxBytesLocalHeap() > 0;
    if (inBytes != bound.bytes() > 0) {
      throw new RefusedException(
          "a bound in bytes and one in items cannot change places while the node runs:"
              + " restart it for that");
    }
    if (!HeapRoom.holds(bound.bytes())) {
      throw new RefusedException(
          "the JVM's heap has room for no more than "
              + new RegionBound(HeapRoom.max(), 0)
              + ": restart the node, whose heap then follows");
    }
    store.evictTo(bound.entries(), bound.bytes()); // so that no client's write has all that to do
    if (inBytes) {
      region.setMaxBytesLocalHeap(bound.bytes());
    } else {
      region.setMaxEntriesLocalHeap(bound.entries());
    }
    store.evictTo(bound.entries(), bound.bytes()); // what was written until they held
    replication.settingsChanged();
  }

  @Override
  public void lifespan(NodeConfiguration wanted) {
    CacheConfiguration region = ehcache.region().getCacheConfiguration();
    CacheConfiguration read = wanted.region();
    if (!read.isEternal()) {
      region.setEternal(false);
    }
    region.setTimeToLiveSeconds(read.getTimeToLiveSeconds());
    region.setTimeToIdleSeconds(read.getTimeToIdleSeconds());
    if (read.isEternal()) {
      region.setEternal(true);
    }
    replication.settingsChanged();
  }
}
