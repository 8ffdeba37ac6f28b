package io.ehcached.admin.watch;

import io.ehcached.item.Key;
import io.ehcached.protocol.PrintedKey;

/**
 * An entry of the log of watchers: memcached's fields in memcached's order. It becomes text on the
 * log's own thread.
 */
public sealed interface LogEntry {
  /** The slab class of an item; all items are in one here. */
  private static int slabClass(boolean stored) {
    return stored ? 1 : 0;
  }

  private static void appendKey(Key key, StringBuilder out) {
    out.append(" key=");
    PrintedKey.appendEncoded(key, out);
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  /** Returns the kind that a watcher has to ask for. */
  LogKind kind();

  /** Appends the entry without its time and number: {@code type=item_get key=...}. */
  void appendTo(StringBuilder out);

  /**
   * A read of an item.
   *
   * @param status {@code found}, {@code not_found}, {@code flushed} or {@code expired}
   * @param connection whose client asked
   * @param size of the value, in bytes
   */
  record Fetched(Key key, String status, long connection, int size) implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.FETCHERS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=item_get");
      appendKey(key, out);
      out.append(" status=").append(status);
      out.append(" clsid=").append(slabClass(status.equals("found")));
      out.append(" cfd=").append(connection).append(" size=").append(size);
    }
  }

  /**
   * A request to store a value.
   *
   * @param status {@code stored}, {@code not_stored}, {@code exists}, {@code not_found}, {@code
   *     too_large} or {@code no_memory}
   * @param command {@code set}, {@code add}, {@code replace}, {@code append}, {@code prepend} or
   *     {@code cas}
   * @param ttl in how many seconds the item expires; 0 for never
   * @param connection whose client sent it
   * @param size of the value, in bytes
   */
  record Stored(Key key, String status, String command, long ttl, long connection, int size)
      implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.MUTATIONS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=item_store");
      appendKey(key, out);
      out.append(" status=").append(status).append(" cmd=").append(command);
      out.append(" ttl=")
          .append(ttl)
          .append(" clsid=")
          .append(slabClass(!status.equals("too_large")));
      out.append(" cfd=").append(connection).append(" size=").append(size);
    }
  }

  /**
   * A delete of an item.
   *
   * @param command {@code delete} or {@code md}
   * @param size of the value, in bytes
   */
  record Deleted(Key key, String command, int size) implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.DELETIONS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=deleted");
      appendKey(key, out);
      out.append(" cmd=").append(command).append(" clsid=1 size=").append(size);
    }
  }

  /**
   * An eviction of an item.
   *
   * @param fetched whether it had been used since it was stored
   * @param ttl in how many seconds it would have expired; -1 for never
   * @param idle how many seconds ago it was last used or stored
   * @param size of the value, in bytes
   */
  record Evicted(Key key, boolean fetched, long ttl, long idle, int size) implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.EVICTIONS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=eviction");
      appendKey(key, out);
      out.append(" fetch=").append(yesNo(fetched));
      out.append(" ttl=").append(ttl).append(" la=").append(idle);
      out.append(" clsid=1 size=").append(size);
    }
  }

  /**
   * A new connection.
   *
   * @param host its address; {@code unix} for one on a unix socket
   * @param port its port
   * @param transport {@code tcp}, {@code udp} or {@code local}
   */
  record Connected(String host, int port, String transport, long connection) implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.CONNEVENTS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=conn_new rip=").append(host).append(" rport=").append(port);
      out.append(" transport=").append(transport).append(" cfd=").append(connection);
    }
  }

  /**
   * A closed connection.
   *
   * @param reason {@code normal}, {@code error}, {@code idle_timeout} or {@code shutdown}
   */
  record Disconnected(String host, int port, String transport, String reason, long connection)
      implements LogEntry {
    @Override
    public LogKind kind() {
      return LogKind.CONNEVENTS;
    }

    @Override
    public void appendTo(StringBuilder out) {
      out.append("type=conn_close rip=").append(host).append(" rport=").append(port);
      out.append(" transport=").append(transport).append(" reason=").append(reason);
      out.append(" cfd=").append(connection);
    }
  }
}
