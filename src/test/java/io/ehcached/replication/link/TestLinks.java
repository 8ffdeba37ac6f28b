package io.ehcached.replication.link;

import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import io.ehcached.replication.spi.PeerLink;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReference;

/** What tests of links have in common, in this package and others. */
public final class TestLinks {
  /** More than any call or proof may take, in milliseconds. */
  static final int LONG = 20_000;

  static final int MAX_FRAME = 2 << 20;

  private TestLinks() {}

  /** Returns the settings of nodes on this machine that prove nothing to each other. */
  public static LinkSettings settings() {
    return settings(PeerSecurity.none(), LONG);
  }

  static LinkSettings settings(PeerSecurity security, int timeoutMillis) {
    return settings(security, timeoutMillis, InetAddress.getLoopbackAddress());
  }

  /** Returns the settings of nodes that peers know by an address which may not be their own. */
  static LinkSettings settings(PeerSecurity security, int timeoutMillis, InetAddress address) {
    RmiRuntime.prepare("127.0.0.1");
    HostRules hosts = new HostRules();
    hosts.allowLoopback();
    return new LinkSettings(
        address,
        InetAddress.getLoopbackAddress(),
        timeoutMillis,
        MAX_FRAME,
        security,
        hosts,
        new Refusals());
  }

  static byte[] callUntilItWorks(PeerLink link) {
    AtomicReference<byte[]> answer = new AtomicReference<>();
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              answer.set(link.call(new byte[1], LONG));
              return true;
            });
    return answer.get();
  }
}
