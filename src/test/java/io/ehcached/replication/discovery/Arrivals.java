package io.ehcached.replication.discovery;

import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import java.util.Collection;

/** Notes who comes and goes, {@code +} or {@code -} before the URL. */
record Arrivals(Collection<String> events) implements PeerWatcher {
  @Override
  public void joined(PeerLink link) {
    events.add("+" + link.url());
  }

  @Override
  public void left(PeerLink link) {
    events.add("-" + link.url());
  }
}
