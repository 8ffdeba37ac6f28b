package io.ehcached.replication.settings;

/** How a region is replicated now; it may change at any time. Safe for use by many threads. */
public final class LiveSettings {
  private volatile ReplicationSettings now;

  /** Makes settings that are what they are until they change. */
  public LiveSettings(ReplicationSettings first) {
    now = first;
  }

  /** Returns the settings of the moment. */
  public ReplicationSettings now() {
    return now;
  }

  /** Sets what holds from now on. */
  public void change(ReplicationSettings next) {
    now = next;
  }
}
