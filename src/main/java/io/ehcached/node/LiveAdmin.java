package io.ehcached.node;

import io.ehcached.admin.NodeAdmin;
import io.ehcached.logging.Logging;
import io.ehcached.node.settings.ClientTls;
import java.util.Optional;
import net.sf.ehcache.config.CacheConfiguration;

/** What operators may tell a node whose region is open. */
final class LiveAdmin implements NodeAdmin {
  private final CacheConfiguration region;
  private final ClientTls tls;
  private final GracefulShutdown shutdown;
  private final LiveStatus status;

  LiveAdmin(
      CacheConfiguration region, ClientTls tls, GracefulShutdown shutdown, LiveStatus status) {
    this.region = region;
    this.tls = tls;
    this.shutdown = shutdown;
    this.status = status;
  }

  @Override
  public boolean memoryLimit(long bytes) {
    if (region.getMaxBytesLocalHeap() <= 0) {
      return false;
    }
    region.setMaxBytesLocalHeap(bytes);
    return true;
  }

  @Override
  public void verbosity(int level) {
    status.logs(level);
    Logging.verbosity(level);
  }

  @Override
  public Optional<String> refreshCertificates() {
    return tls.refresh();
  }

  @Override
  public void shutdown() {
    // On a thread of its own: the stop waits for the event loop that this is called on.
    new Thread(() -> System.exit(0), "ehcached-shutdown").start();
  }

  @Override
  public void leave() {
    shutdown.begin();
  }
}
