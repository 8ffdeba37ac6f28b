package io.ehcached.server;

import java.net.InetSocketAddress;

/**
 * Where to listen for UDP.
 *
 * @param address the address; port 0 is any free one
 * @param protocols which protocols are spoken there
 */
public record UdpEndpoint(InetSocketAddress address, Protocols protocols) {}
