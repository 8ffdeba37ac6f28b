package io.ehcached.server.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import javax.net.ssl.SSLEngine;

/**
 * Whether a client may go on where its last connection was, and so is spared half the handshake.
 * BoringSSL lets it by a session that the server keeps (RFC 5246) or by a ticket that the client
 * does (RFC 5077, RFC 8446), whose keys it draws itself and replaces every other day.
 */
final class Resumption {
  private Resumption() {}

  /** Gives the client no ticket, and takes none; the JDK cannot be kept from it. */
  static void refuse(SSLEngine engine) {
    if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
      SSL.setOptions(openSsl.sslPointer(), SSL.SSL_OP_NO_TICKET);
    }
  }

  /**
   * Tells whether a client has gone on, once the handshake is done.
   *
   * @param startMillis when the client came, in milliseconds since the epoch
   */
  static boolean isOf(SSLEngine engine, long startMillis) {
    if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
      long pointer = openSsl.sslPointer();
      return pointer != 0 && SSL.isSessionReused(pointer);
    }
    return engine.getSession().getCreationTime() < startMillis; // all that the JDK tells of it
  }
}
