package io.ehcached.replication.membership;

import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Serving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where clients can connect: to this node and to the peers within reach. The list has a version,
 * which grows with each change, and past all that peers were heard to use: clients ask now one
 * node, now another, and believe whoever has the greater. It begins with the clock, in seconds, so
 * that a cluster started anew goes on from there. Safe for use by many threads.
 */
public final class ClientAddresses {
  private static final long SECOND = 1000;

  private final Peers peers;
  private final LongSupplier millis;
  private Serving self = Serving.NONE; // guarded by this, as is what follows
  private Set<Serving> known = Set.of();
  private long version;

  /**
   * Makes a list without this node.
   *
   * @param millis the wall clock, in milliseconds since the epoch
   */
  public ClientAddresses(Peers peers, LongSupplier millis) {
    this.peers = peers;
    this.millis = millis;
  }

  /** Sets where clients find this node; {@link Serving#NONE} when they do not. */
  public synchronized void advertise(Serving serving) {
    self = serving.at(0);
  }

  /** Returns where clients find this node, for peers. */
  public synchronized Serving self() {
    all();
    return self.at(version);
  }

  /** Returns where clients can connect, all under the version of the list. */
  public synchronized List<Serving> all() {
    Set<Serving> now = new HashSet<>();
    if (self.port() != 0) {
      now.add(self);
    }
    long heard = 0;
    for (PeerSender sender : peers.present()) {
      Hello hello = sender.peer();
      if (hello != null && hello.serving().port() != 0 && sender.isReachable()) {
        now.add(hello.serving().at(0));
      }
      heard = hello == null ? heard : Math.max(heard, hello.serving().version());
    }
    if (!now.equals(known)) {
      known = now;
      version = Math.max(millis.getAsLong() / SECOND, Math.max(version, heard) + 1);
    }
    List<Serving> servers = new ArrayList<>();
    for (Serving server : known) {
      servers.add(server.at(version));
    }
    servers.sort(Comparator.comparing(Serving::host).thenComparingInt(Serving::port));
    return servers;
  }
}
