package io.ehcached.node.settings;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.replication.network.DiscoverySettings;
import java.util.Optional;

/** Whether a node looks for peers as far away as its clients may be. */
public final class PeerReach {
  private PeerReach() {}

  /** Returns a warning if clients may be on other machines and peers are looked for on this one. */
  public static Optional<String> warning(ServerOptions options, NodeConfiguration configuration) {
    if (configuration.peers() == null || options.network().unixSocket().isPresent()) {
      return Optional.empty();
    }
    DiscoverySettings discovery = configuration.peers().discovery();
    if (!discovery.isAutomatic() || discovery.isManual() || discovery.group().timeToLive() > 0) {
      return Optional.empty();
    }
    return options.network().listen().stream()
        .filter(PeerReach::isForOthers)
        .findFirst()
        .map(
            address ->
                "-l "
                    + address.shown()
                    + " serves clients on other machines, but timeToLive=0 in "
                    + configuration.file()
                    + " looks for peers on this machine only; for peers on others, write"
                    + " timeToLive=1 and no hostName=localhost");
  }

  private static boolean isForOthers(ListenAddress address) {
    try {
      return !address.resolve(0).getAddress().isLoopbackAddress();
    } catch (UsageException e) {
      return false; // which is reported elsewhere
    }
  }
}
