package io.ehcached.options;

/**
 * The exit statuses of a node and of {@code bin/ehcached}, all but the first two as {@code
 * sysexits.h} numbers them. docs/configuration.md has them in a table, and the systemd unit does
 * not restart a node after one that a restart cannot change.
 */
public enum ExitStatus {
  /** Shut down gracefully, or did what was asked for. */
  OK(0, true),
  /** Could not start, for a reason that may go away, such as a port that is taken. */
  FAILED(1, true),
  /** A wrong option, or one that does not fit this machine: {@code EX_USAGE}, as in memcached. */
  USAGE(64, false),
  /** {@code -u} names a user that does not exist: {@code EX_NOUSER}. */
  NO_USER(67, false),
  /** Something that a node needs is not installed, such as Java 17: {@code EX_UNAVAILABLE}. */
  NOT_INSTALLED(69, false),
  /** A file or a directory for {@code -d} or the build cannot be made: {@code EX_CANTCREAT}. */
  CANNOT_CREATE(73, false),
  /** The node's user may not do it, such as listen at a port below 1024: {@code EX_NOPERM}. */
  NO_PERMISSION(77, false),
  /** {@code ehcache.xml} has an error: {@code EX_CONFIG}. */
  WRONG_FILE(78, false);

  private final int code;
  private final boolean restartCanHelp;

  ExitStatus(int code, boolean restartCanHelp) {
    this.code = code;
    this.restartCanHelp = restartCanHelp;
  }

  /** Returns the number that the process ends with. */
  public int code() {
    return code;
  }

  /** Tells whether a start with the same options and files can end otherwise. */
  public boolean restartCanHelp() {
    return restartCanHelp;
  }
}
