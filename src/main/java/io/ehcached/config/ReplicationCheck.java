package io.ehcached.config;

import java.util.Set;

/** Explains how a region replicates, and how it fills itself at start. */
final class ReplicationCheck {
  private static final int STOCK_BATCH = 1000;
  private static final int STOCK_CHUNK = 5_000_000;
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
          + Factories.REPLICATOR
          + "\" properties=\"replicateAsynchronously=true\"/>";

  private final Findings findings;

  ReplicationCheck(Findings findings) {
    this.findings = findings;
  }

  /** Checks the region, and returns its RMI replicator's element, or null. */
  XmlElement check(XmlElement region) {
    XmlElement replicator =
        Factories.lastRmi(
            region.children("cacheEventListenerFactory"), Factories.REPLICATOR, findings);
    XmlElement bootstrap =
        Factories.lastRmi(
            region.children("bootstrapCacheLoaderFactory"), Factories.BOOTSTRAP, findings);
    if (replicator != null) {
      checkReplicator(FactoryProperties.of(replicator, findings));
      if (region.children("bootstrapCacheLoaderFactory").isEmpty()) {
        findings.note(
            region,
            null,
            "has no bootstrap loader, so that a restarted node begins empty; write in it"
                + " <bootstrapCacheLoaderFactory class=\""
                + Factories.BOOTSTRAP
                + "\" properties=\"bootstrapAsynchronously=false\"/>");
      }
    }
    if (bootstrap != null) {
      FactoryProperties properties = FactoryProperties.of(bootstrap, findings);
      properties.truth("bootstrapAsynchronously", true);
      properties.lenientNumber("maximumChunkSizeBytes", STOCK_CHUNK, LEAST_CHUNK, GREATEST_CHUNK);
      properties.warnOfUnknown(BOOTSTRAP);
      if (replicator == null) {
        findings.warning(
            bootstrap, null, "does nothing, since the region does not replicate; " + REPLICATE);
      }
    }
    return replicator;
  }

  private void checkReplicator(FactoryProperties properties) {
    viaCopy(properties, "replicatePuts", "a new item");
    viaCopy(properties, "replicateUpdates", "an updated item");
    if (!properties.truth("replicateRemovals", true)) {
      different(properties, "replicateRemovals", "deleted items live on at the peers");
    }
    properties.certainTruth("replicateAsynchronously"); // whether clients wait for peers
    properties.lenientNumber(
        "asynchronousReplicationMaximumBatchSize", STOCK_BATCH, 1, Integer.MAX_VALUE);
    properties.warnOfUnknown(REPLICATOR);
  }

  private void viaCopy(FactoryProperties properties, String what, String item) {
    String copy = what + "ViaCopy";
    boolean copied = properties.truth(copy, true);
    if (!properties.truth(what, true)) {
      different(properties, what, "peers never hear of " + item);
    } else if (!copied) {
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
  }

  private void different(FactoryProperties properties, String what, String effect) {
    findings.warning(
        properties.factory(),
        what,
        what + "=false lets nodes differ: " + effect + "; write " + what + "=true");
  }
}
