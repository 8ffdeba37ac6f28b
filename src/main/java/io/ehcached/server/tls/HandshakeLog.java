package io.ehcached.server.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who could not be spoken with, and why; not too often, lest strangers fill the log. */
final class HandshakeLog {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_REASON = 200;

  private final LongSupplier nanos;
  private boolean toldBefore;
  private long lastTold;
  private long untold;

  /**
   * Makes one.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  HandshakeLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes a handshake that failed; returns the line that was logged, or null. */
  synchronized String failed(String client, Throwable cause) {
    long now = nanos.getAsLong();
    if (toldBefore && now - lastTold < QUIET_NANOS) {
      untold++;
      LOG.debug("no TLS with {}: {}", client, reason(cause));
      return null;
    }
    String more = untold == 0 ? "" : " (and " + untold + " more since the last such line)";
    String line = "no TLS with " + client + ": " + reason(cause) + more;
    toldBefore = true;
    lastTold = now;
    untold = 0;
    LOG.warn(line);
    return line;
  }

  private static String reason(Throwable cause) {
    if (cause instanceof NotSslRecordException) {
      return "it sends something else; clients of this port have to be set up for TLS";
    }
    if (cause instanceof SslHandshakeTimeoutException) {
      return "it did not finish its handshake in time";
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // A part of it may be the client's own words.
    String text = String.valueOf(root.getMessage()).replaceAll("[^ -~]", "?");
    return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "..." : text;
  }
}
