package io.ehcached.reload;

import io.ehcached.config.NodeConfiguration;

/** What of a running node can be made as a file says. One method at a time is called. */
public interface Reloadable {
  /** Why a part stays as it is; the message says what to do about it. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Makes one with a message for people. */
    public RefusedException(String message) {
      super(message);
    }

    /** Makes one for another exception whose message was written for people. */
    public RefusedException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Listens for peers where the file says. */
  void listener(NodeConfiguration wanted) throws RefusedException;

  /** Looks for peers as the file says. */
  void peers(NodeConfiguration wanted) throws RefusedException;

  /** Replicates as the file says. */
  void replicator(NodeConfiguration wanted) throws RefusedException;

  /** Holds as much as the file says. */
  void bound(NodeConfiguration wanted) throws RefusedException;

  /** Keeps items for as long as the file says. */
  void lifespan(NodeConfiguration wanted) throws RefusedException;
}
