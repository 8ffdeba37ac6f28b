package io.ehcached.replication;

/** How a region is replicated now; it may change at any time. Safe for use by many threads. */
final class LiveSettings {
  private volatile ReplicationSettings now;

  LiveSettings(ReplicationSettings first) {
    now = first;
  }

  ReplicationSettings now() {
    return now;
  }

  void change(ReplicationSettings next) {
    now = next;
  }
}
