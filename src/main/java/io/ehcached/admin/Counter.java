package io.ehcached.admin;

import java.util.Locale;

/**
 * What is counted, under memcached's names for it ({@code protocol.txt}, "General-purpose stats").
 */
public enum Counter {
  /** Keys asked for. */
  CMD_GET,
  /** Values sent to be stored. */
  CMD_SET,
  /** Commands to flush. */
  CMD_FLUSH,
  /** Keys to be touched. */
  CMD_TOUCH,
  /** Meta commands. */
  CMD_META,
  /** Keys asked for and found. */
  GET_HITS,
  /** Keys asked for and not found. */
  GET_MISSES,
  /** Keys to delete that were not there. */
  DELETE_MISSES,
  /** Keys deleted. */
  DELETE_HITS,
  /** Keys to increment that were not there. */
  INCR_MISSES,
  /** Keys incremented. */
  INCR_HITS,
  /** Keys to decrement that were not there. */
  DECR_MISSES,
  /** Keys decremented. */
  DECR_HITS,
  /** Keys to compare and set that were not there. */
  CAS_MISSES,
  /** Keys set after their cas unique was compared. */
  CAS_HITS,
  /** Keys not set since their cas unique was another. */
  CAS_BADVAL,
  /** Keys touched. */
  TOUCH_HITS,
  /** Keys to be touched that were not there. */
  TOUCH_MISSES,
  /** Values not stored since they were above the limit. */
  STORE_TOO_LARGE,
  /** Values not stored since there was no room. */
  STORE_NO_MEMORY,
  /** Items stored. */
  TOTAL_ITEMS,
  /** Tries to authenticate. */
  AUTH_CMDS,
  /** Tries to authenticate that failed. */
  AUTH_ERRORS,
  /** Bytes that came from clients. */
  BYTES_READ,
  /** Bytes that went to clients. */
  BYTES_WRITTEN,
  /** Connections accepted. */
  TOTAL_CONNECTIONS,
  /** Connections turned away since there were too many. */
  REJECTED_CONNECTIONS,
  /** Times that a connection had to let others go first. */
  CONN_YIELDS,
  /** Clients closed since they sent no command for too long. */
  IDLE_KICKS,
  /** Clients closed since they did not go on with half a command. */
  PARTIAL_KICKS,
  /** Clients closed since they did not read their answers. */
  OUTPUT_KICKS,
  /** Clients closed since answers took too much memory, and they were slowest to take theirs. */
  RESPONSE_OBJ_OOM,
  /** Values refused, or clients closed, since there was no memory to hold what they had sent. */
  READ_BUF_OOM,
  /** Times that listening was stopped since there were too many connections. */
  LISTEN_DISABLED_NUM,
  /** For how long it was, in microseconds. */
  TIME_IN_LISTEN_DISABLED_US,
  /** Datagrams that were no whole request, or came while too many were under way. */
  UDP_DROPPED,
  /** TLS sessions that were begun anew, and not where the client's last one was. */
  SSL_NEW_SESSIONS,
  /** TLS handshakes that failed. */
  SSL_HANDSHAKE_ERRORS,
  /** Connections that broke TLS after their handshake. */
  SSL_PROTO_ERRORS;

  /** Returns the name under which {@code stats} shows it. */
  public String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
