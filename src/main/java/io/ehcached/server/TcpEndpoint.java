package io.ehcached.server;

import java.net.InetSocketAddress;

/**
 * Where to listen for TCP.
 *
 * @param address the address; port 0 is any free one
 * @param tls whether clients speak TLS there
 * @param protocols which protocols are spoken there
 */
public record TcpEndpoint(InetSocketAddress address, boolean tls, Protocols protocols) {}
