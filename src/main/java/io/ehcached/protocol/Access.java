package io.ehcached.protocol;

/**
 * Whether a connection's client may have what it asks for: always, where nobody is asked who they
 * are, else once it has authenticated. For the connection's thread alone.
 */
public final class Access {
  /** The access of all clients of a node that asks nobody who they are. */
  public static final Access FREE = new Access(false);

  private final boolean required;
  private boolean granted;

  private Access(boolean required) {
    this.required = required;
    this.granted = !required;
  }

  /** Returns the access of a new connection, which has to authenticate. */
  public static Access denied() {
    return new Access(true);
  }

  /** Tells whether clients are asked who they are. */
  public boolean isRequired() {
    return required;
  }

  /** Tells whether the client may have what it asks for. */
  public boolean isGranted() {
    return granted;
  }

  /** Sets {@link #isGranted()}, where clients are asked who they are. */
  public void grant(boolean grant) {
    if (required) {
      granted = grant;
    }
  }
}
