package io.ehcached.replication.settings;

/** How a region is replicated now; it may change at any time. Safe for use by many threads. */
public final class LiveSettings {
  private volatile ReplicationSettings now;

  public LiveSettings(ReplicationSettings first) {
    now = first;
  }

  public ReplicationSettings now() {
    return now;
  }

  public void change(ReplicationSettings next) {
    now = next;
  }
}
