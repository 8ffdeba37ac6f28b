package io.ehcached.admin.watch;

import java.util.Locale;

/** What a watcher can ask for, by memcached's names ({@code protocol.txt}, "Watchers"). */
public enum LogKind {
  /** Items looked for. */
  FETCHERS,
  /** Values sent to be stored. */
  MUTATIONS,
  /** Items dropped for want of room. */
  EVICTIONS,
  /** Clients that come and go. */
  CONNEVENTS,
  /** Items deleted. */
  DELETIONS,
  /** What memcached's own threads do; there is nothing of that here, nor of the following. */
  SYSEVENTS,
  /** Commands as they came. */
  RAWCMDS,
  /** Requests to memcached's proxy. */
  PROXYREQS,
  /** What becomes of the proxy. */
  PROXYEVENTS,
  /** What the proxy's configuration has to say. */
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

  /** Returns the bit that stands for the kind in a set of them. */
  @SuppressWarnings("EnumOrdinal") // a bit here, and nowhere else
  int bit() {
    return 1 << ordinal();
  }
}
