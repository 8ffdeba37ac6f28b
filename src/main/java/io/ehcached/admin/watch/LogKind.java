package io.ehcached.admin.watch;

import java.util.Locale;

/**
 * The kinds of log entries that a watcher can ask for, with memcached's names ({@code
 * protocol.txt}, "Watchers").
 */
public enum LogKind {
  /** Reads of items. */
  FETCHERS,
  /** Requests to store values. */
  MUTATIONS,
  /** Evictions. */
  EVICTIONS,
  /** Connections opened and closed. */
  CONNEVENTS,
  /** Deletes. */
  DELETIONS,
  /**
   * Events of memcached's own threads; this node has no events of this kind and the following ones.
   */
  SYSEVENTS,
  /** Commands as they came. */
  RAWCMDS,
  /** Requests to memcached's proxy. */
  PROXYREQS,
  /** Events of memcached's proxy. */
  PROXYEVENTS,
  /** Messages of the proxy's configuration. */
  PROXYUSER;

  /** Returns the kind of a name, or null. */
  public static LogKind of(String name) {
    for (LogKind kind : values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the bit of the kind in a set of kinds. */
  @SuppressWarnings("EnumOrdinal") // a bit here, and nowhere else
  int bit() {
    return 1 << ordinal();
  }
}
