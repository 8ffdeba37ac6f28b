package io.ehcached.replication.discovery;

import java.net.InetAddress;

/**
 * How heartbeats travel.
 *
 * @param timeToLive how many routers they pass, plus 1; 0 stays on this machine
 * @param from the address whose interface they leave and come by; null for the listener's
 */
public record MulticastSettings(InetAddress group, int port, int timeToLive, InetAddress from) {}
