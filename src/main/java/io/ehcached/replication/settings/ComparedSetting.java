package io.ehcached.replication.settings;

/** A setting that should be the same on all nodes, by the name under which operators set it. */
public enum ComparedSetting {
  /** How long an item lives, in seconds; 0 for ever. */
  TIME_TO_LIVE("timeToLiveSeconds", true),
  /** How long an item lives that nobody reads, in seconds; 0 for ever. */
  TIME_TO_IDLE("timeToIdleSeconds", true),
  /** Whether new items are replicated. */
  PUTS("replicatePuts", true),
  /** Whether peers get new items, or only drop theirs. */
  PUTS_VIA_COPY("replicatePutsViaCopy", true),
  /** Whether items that take the place of others are replicated. */
  UPDATES("replicateUpdates", true),
  /** Whether peers get such items, or only drop theirs. */
  UPDATES_VIA_COPY("replicateUpdatesViaCopy", true),
  /** Whether removals are replicated. */
  REMOVALS("replicateRemovals", true),
  /** Whether clients are answered before the peers have a write. */
  ASYNCHRONOUSLY("replicateAsynchronously", true),
  /** The most bytes that an item may take. */
  MAX_ITEM_SIZE("-I", true),
  /** Which heartbeats the node heeds. */
  CLUSTER("clusterName", true),
  /** How much the region may hold: each node evicts for itself. */
  BOUND("bound", false),
  /** Whether items are kept on the disk. */
  PERSISTENCE("persistence", false),
  /** The release of the program. */
  RELEASE("release", false);

  private final String shown;
  private final boolean diverging;

  ComparedSetting(String shown, boolean diverging) {
    this.shown = shown;
    this.diverging = diverging;
  }

  /** Returns its name, as nodes tell each other and operators. */
  public String shown() {
    return shown;
  }

  /** Tells whether nodes that differ in it may come to differ in what clients find. */
  public boolean isDiverging() {
    return diverging;
  }
}
