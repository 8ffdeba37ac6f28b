package io.ehcached.replication.wire;

import java.io.IOException;

/** A node does not take the caller for a peer; the message says why, and what to do about it. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int REMOVED = 1;
  private static final int MAX_TEXT = 500;

  private final boolean removed;

  /**
   * Makes one.
   *
   * @param removed whether the caller was a peer until its URL was removed from the other's list
   */
  public RefusedException(String message, boolean removed) {
    super(message);
    this.removed = removed;
  }

  /** Tells whether the caller was a peer until its URL was removed from the other's list. */
  public boolean isRemoved() {
    return removed;
  }

  /** Adds it, as the whole answer. */
  public void write(FrameWriter out) {
    out.u8(FrameHeader.REFUSED).u8(removed ? REMOVED : 0).text(getMessage());
  }

  /** Reads what follows {@link FrameHeader#REFUSED}. */
  public static RefusedException read(FrameReader in) throws IOException {
    boolean removed = (in.u8() & REMOVED) != 0;
    String text = in.text();
    String some = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return new RefusedException(some.replaceAll("[^ -~]", "?"), removed);
  }
}
