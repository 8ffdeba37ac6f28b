package io.ehcached.server.tls;

import io.netty.handler.ssl.ClientAuth;

/** Whether clients have to show certificates ({@code ssl_verify_mode}). */
public enum ClientCertificates {
  /** They are not asked. */
  NOT_ASKED(ClientAuth.NONE),
  /** They may, and a wrong one is refused. */
  OPTIONAL(ClientAuth.OPTIONAL),
  /** They have to. */
  REQUIRED(ClientAuth.REQUIRE);

  private final ClientAuth netty;

  ClientCertificates(ClientAuth netty) {
    this.netty = netty;
  }

  ClientAuth netty() {
    return netty;
  }
}
