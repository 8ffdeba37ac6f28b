package io.ehcached.admin;

import java.util.Locale;

/** The counters, with memcached's names ({@code protocol.txt}, "General-purpose stats"). */
public enum Counter {
  /** Keys asked for. */
  CMD_GET,
  /** Values sent to be stored. */
  CMD_SET,
  /** Commands to flush. */
  CMD_FLUSH,
  /** Keys to touch. */
  CMD_TOUCH,
  /** Meta commands. */
  CMD_META,
  /** Keys asked for and found. */
  GET_HITS,
  /** Keys asked for and not found. */
  GET_MISSES,
  /** Keys to delete that did not exist. */
  DELETE_MISSES,
  /** Keys deleted. */
  DELETE_HITS,
  /** Keys to increment that did not exist. */
  INCR_MISSES,
  /** Keys incremented. */
  INCR_HITS,
  /** Keys to decrement that did not exist. */
  DECR_MISSES,
  /** Keys decremented. */
  DECR_HITS,
  /** Keys to compare and set that did not exist. */
  CAS_MISSES,
  /** Keys set after their cas unique was compared. */
  CAS_HITS,
  /** Keys not set because their cas unique differed. */
  CAS_BADVAL,
  /** Keys touched. */
  TOUCH_HITS,
  /** Keys to touch that did not exist. */
  TOUCH_MISSES,
  /** Values not stored because they were above the limit. */
  STORE_TOO_LARGE,
  /** Values not stored because there was no room. */
  STORE_NO_MEMORY,
  /** Items stored. */
  TOTAL_ITEMS,
  /** Attempts to authenticate. */
  AUTH_CMDS,
  /** Attempts to authenticate that failed. */
  AUTH_ERRORS,
  /** Bytes received from clients. */
  BYTES_READ,
  /** Bytes sent to clients. */
  BYTES_WRITTEN,
  /** Connections accepted. */
  TOTAL_CONNECTIONS,
  /** Connections refused because there were too many. */
  REJECTED_CONNECTIONS,
  /** Times that a connection had to yield to others. */
  CONN_YIELDS,
  /** Clients closed because they were idle for too long. */
  IDLE_KICKS,
  /** Clients closed because they did not complete a command. */
  PARTIAL_KICKS,
  /** Clients closed because they did not read their answers. */
  OUTPUT_KICKS,
  /** Clients closed because answers took too much memory and they were the slowest readers. */
  RESPONSE_OBJ_OOM,
  /** Values refused, or clients closed, because there was no memory for what they sent. */
  READ_BUF_OOM,
  /** Times that listening was stopped because there were too many connections. */
  LISTEN_DISABLED_NUM,
  /** The time for which listening was stopped, in microseconds. */
  TIME_IN_LISTEN_DISABLED_US,
  /** Datagrams that were no complete request, or arrived while too many were in progress. */
  UDP_DROPPED,
  /** TLS sessions that were not resumed from an earlier one. */
  SSL_NEW_SESSIONS,
  /** TLS handshakes that failed. */
  SSL_HANDSHAKE_ERRORS,
  /** Connections that broke TLS after their handshake. */
  SSL_PROTO_ERRORS;

  /** Returns the name in {@code stats}. */
  public String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
