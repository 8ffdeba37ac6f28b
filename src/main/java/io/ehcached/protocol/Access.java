package io.ehcached.protocol;

/**
 * The access of a connection's client: always granted on a node without authentication, else once
 * the client has authenticated. For the connection's thread alone.
 */
public final class Access {
  /** The access of all clients of a node without authentication. */
  public static final Access FREE = new Access(false);

  private final boolean required;
  private boolean granted;

  private Access(boolean required) {
    this.required = required;
    this.granted = !required;
  }

  /** Returns the access of a new connection that has to authenticate. */
  public static Access denied() {
    return new Access(true);
  }

  /** Tells whether clients have to authenticate. */
  public boolean isRequired() {
    return required;
  }

  /** Tells whether the client's requests are executed. */
  public boolean isGranted() {
    return granted;
  }

  /** Sets {@link #isGranted()}, if clients have to authenticate. */
  public void grant(boolean grant) {
    if (required) {
      granted = grant;
    }
  }
}
