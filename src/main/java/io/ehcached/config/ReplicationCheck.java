package io.ehcached.config;

import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.settings.ReplicationSettings.Changes;
import java.util.Set;

/** Reads and explains how a region replicates, and how it fills itself at start. */
final class ReplicationCheck {
  private static final int LEAST_CHUNK = 5000;
  private static final int GREATEST_CHUNK = 100_000_000;
  static final Set<String> REPLICATOR =
      Set.of(
          "replicatePuts",
          "replicatePutsViaCopy",
          "replicateUpdates",
          "replicateUpdatesViaCopy",
          "replicateRemovals",
          "replicateAsynchronously",
          "asynchronousReplicationIntervalMillis", // of no effect: changes are sent nearly at once
          "asynchronousReplicationMaximumBatchSize");
  static final Set<String> BOOTSTRAP = Set.of("bootstrapAsynchronously", "maximumChunkSizeBytes");

  private static final String REPLICATE =
      "write beside it <cacheEventListenerFactory class=\""
          + EhcacheClassNames.REPLICATOR
          + "\" properties=\"replicateAsynchronously=true\"/>";

  private final Findings findings;
  private final XmlElement replicator;
  private final boolean wrong;
  private final ReplicationSettings settings;
  private final BootstrapSettings bootstrap;

  /** Checks a region. */
  ReplicationCheck(XmlElement region, Findings findings) {
    this.findings = findings;
    replicator =
        Factories.lastRmi(
            region.children("cacheEventListenerFactory"), EhcacheClassNames.REPLICATOR, findings);
    XmlElement loader =
        Factories.lastRmi(
            region.children("bootstrapCacheLoaderFactory"), EhcacheClassNames.BOOTSTRAP, findings);
    settings = replicator == null ? null : replication(FactoryProperties.of(replicator, findings));
    if (replicator != null && region.children("bootstrapCacheLoaderFactory").isEmpty()) {
      findings.note(
          region,
          null,
          "has no bootstrap loader, so that a restarted node begins empty; write in it"
              + " <bootstrapCacheLoaderFactory class=\""
              + EhcacheClassNames.BOOTSTRAP
              + "\" properties=\"bootstrapAsynchronously=false\"/>");
    }
    bootstrap = loader == null ? null : bootstrap(FactoryProperties.of(loader, findings));
    wrong = Factories.anyWrong(region.children("cacheEventListenerFactory"), findings);
    if (loader != null && replicator == null && !wrong) {
      findings.warning(
          loader, null, "does nothing, since the region does not replicate; " + REPLICATE);
    }
  }

  /** Returns the element of the region's RMI replicator, or null. */
  XmlElement replicator() {
    return replicator;
  }

  /** Tells whether the class of what may be meant as the replicator is wrong. */
  boolean isWrong() {
    return wrong;
  }

  /** Returns how the region is replicated; null when it is not. */
  ReplicationSettings settings() {
    return settings;
  }

  /** Returns how the region is copied at the start; null when it is not. */
  BootstrapSettings bootstrap() {
    return bootstrap;
  }

  private static BootstrapSettings bootstrap(FactoryProperties properties) {
    boolean asynchronous = properties.truth("bootstrapAsynchronously", true);
    int chunk =
        properties.lenientNumber(
            "maximumChunkSizeBytes",
            BootstrapSettings.DEFAULT_CHUNK_BYTES,
            LEAST_CHUNK,
            GREATEST_CHUNK);
    properties.warnOfUnknown(BOOTSTRAP);
    return new BootstrapSettings(asynchronous, chunk);
  }

  private ReplicationSettings replication(FactoryProperties properties) {
    boolean putsViaCopy = properties.truth("replicatePutsViaCopy", true);
    boolean puts = replicates(properties, "replicatePuts", putsViaCopy, "a new item");
    boolean updatesViaCopy = properties.truth("replicateUpdatesViaCopy", true);
    boolean updates = replicates(properties, "replicateUpdates", updatesViaCopy, "an updated item");
    boolean removals = properties.truth("replicateRemovals", true);
    if (!removals) {
      different(properties, "replicateRemovals", "deleted items live on at the peers");
    }
    // On replicateAsynchronously hangs whether clients wait for peers.
    boolean asynchronous = properties.certainTruth("replicateAsynchronously", true);
    int batch =
        properties.lenientNumber(
            "asynchronousReplicationMaximumBatchSize",
            ReplicationSettings.DEFAULT_BATCH_ITEMS,
            1,
            Integer.MAX_VALUE);
    properties.warnOfUnknown(REPLICATOR);
    ReplicationSettings defaults = ReplicationSettings.defaults();
    return defaults
        .asynchronous(asynchronous)
        .replicating(new Changes(puts, putsViaCopy, updates, updatesViaCopy, removals))
        .sending(batch, defaults.callMillis());
  }

  private boolean replicates(
      FactoryProperties properties, String what, boolean viaCopy, String item) {
    boolean replicates = properties.truth(what, true);
    if (!replicates) {
      different(properties, what, "peers never hear of " + item);
    } else if (!viaCopy) {
      String copy = what + "ViaCopy";
      findings.warning(
          properties.factory(),
          copy,
          copy
              + "=false makes peers forget "
              + item
              + " instead of getting it; write "
              + copy
              + "=true");
    }
    return replicates;
  }

  private void different(FactoryProperties properties, String what, String effect) {
    findings.warning(
        properties.factory(),
        what,
        what + "=false lets nodes differ: " + effect + "; write " + what + "=true");
  }
}
