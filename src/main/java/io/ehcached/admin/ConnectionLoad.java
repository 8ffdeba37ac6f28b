package io.ehcached.admin;

/**
 * The load of connections at one moment.
 *
 * @param accepting whether the next one to connect would be accepted at once
 * @param inputBytes how many bytes half commands hold
 * @param outputBytes how many bytes answers hold that wait to be taken
 */
public record ConnectionLoad(boolean accepting, long inputBytes, long outputBytes) {
  /** The load without connections. */
  public static final ConnectionLoad NONE = new ConnectionLoad(true, 0, 0);
}
