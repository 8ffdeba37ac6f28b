package io.ehcached.server;

import io.ehcached.auth.Authenticator;
import io.ehcached.protocol.Limits;
import io.ehcached.server.tls.Tls;
import java.nio.file.Path;
import java.util.List;

/**
 * What the front end is started with.
 *
 * @param endpoints where to listen for TCP
 * @param tls the TLS that is spoken at those that have it, or null
 * @param udpEndpoints where to listen for UDP
 * @param unixSocket the path of a unix socket to listen on, or null
 * @param unixMask the permission bits of that socket ({@code -a}), 0700 say
 * @param backlog how many connections may wait to be accepted
 * @param connections how many clients may be connected at once, and what each may cost
 * @param threads how many event loops serve them
 * @param requestsPerEvent how many requests of one client are carried out before others get their
 *     turn
 * @param protocols which protocols are spoken on the unix socket
 * @param transport how to wait for sockets
 * @param limits how large what a client sends may be
 * @param authenticator who is let in; null where nobody is asked
 */
public record ServerSettings(
    List<TcpEndpoint> endpoints,
    Tls tls,
    List<UdpEndpoint> udpEndpoints,
    Path unixSocket,
    int unixMask,
    int backlog,
    ConnectionLimits connections,
    int threads,
    int requestsPerEvent,
    Protocols protocols,
    Transport transport,
    Limits limits,
    Authenticator authenticator) {}
