package io.ehcached.replication.discovery;

import io.ehcached.address.AddressText;
import io.ehcached.replication.discovery.HeartbeatCodec.BadHeartbeatException;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.settings.PeerSettingsException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds peers by heartbeat: tells the group of this node, at once and then regularly, and hears
 * others. A newcomer is answered at once, so that two nodes know each other as soon as both are
 * there.
 */
public final class Discovery implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final long[] FIRST_MILLIS = {0, 100, 500, 1_500};
  private static final long ANSWER_MILLIS = 20; // so that many newcomers are answered by one
  private static final long MAX_CLOCKS_APART_MILLIS = TimeUnit.MINUTES.toMillis(15);
  private static final int MAX_UNHEARD = 3;

  private final DiscoveryOptions options;
  private final LinkSettings settings;
  private final KnownPeers peers;
  private final Supplier<List<String>> regions;
  private final ScheduledExecutorService timer;
  private final HeartbeatCodec codec;
  private final HeartbeatCounts counts;
  private final Reception reception;
  private final Future<?> turns;
  private volatile Multicast multicast; // written under this
  private final AtomicInteger unheard =
      new AtomicInteger(); // heartbeats sent since one came back to this node
  private boolean answering; // guarded by this
  private volatile boolean silent;
  private volatile boolean failing;

  /**
   * What a node's discovery is made with.
   *
   * @param port of this node's registry; 0 when it only listens to others
   * @param intervalMillis between two heartbeats
   */
  public record DiscoveryOptions(
      MulticastSettings multicast,
      String cluster,
      Incarnation incarnation,
      int port,
      int intervalMillis) {}

  /**
   * Begins to hear others, and to tell them of this node as soon as it has regions.
   *
   * @param regions which regions this node has
   * @param counts what is counted over all discoveries of this node
   * @throws PeerSettingsException when the group cannot be joined
   */
  public Discovery(
      DiscoveryOptions options,
      LinkSettings settings,
      KnownPeers peers,
      Supplier<List<String>> regions,
      HeartbeatCounts counts,
      ScheduledExecutorService timer) {
    this.options = options;
    this.settings = settings;
    this.peers = peers;
    this.regions = regions;
    this.counts = counts;
    this.timer = timer;
    codec = new HeartbeatCodec(settings.security().secret());
    MulticastSettings m = options.multicast();
    String place = AddressText.of(m.group(), m.port()) + " at " + AddressText.of(from());
    reception = new Reception(place, options.intervalMillis(), System::nanoTime);
    try {
      multicast = open();
    } catch (IOException | RuntimeException e) {
      throw new PeerSettingsException(
          "Peers cannot be found through multicast group "
              + place
              + " (cacheManagerPeerProviderFactory): "
              + e.getMessage()
              + "; set hostName to an address of this machine whose network has multicast",
          e);
    }
    settings.hosts().allowSubnets(multicast.nic());
    turns =
        timer.scheduleWithFixedDelay(
            this::turn, options.intervalMillis(), options.intervalMillis(), TimeUnit.MILLISECONDS);
  }

  private InetAddress from() {
    InetAddress from = options.multicast().from();
    if (from != null) {
      return from;
    }
    InetAddress bound = settings.bindAddress();
    return bound.isAnyLocalAddress() ? settings.address() : bound;
  }

  private Multicast open() throws IOException {
    return new Multicast(options.multicast(), from(), this::hear);
  }

  /** Tells the others of this node now, and some more times soon, since datagrams get lost. */
  public void announce() {
    for (long millis : FIRST_MILLIS) {
      later(() -> send(false), millis);
    }
  }

  private void later(Runnable task, long millis) {
    try {
      var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("No more heartbeats: the node leaves", e);
    }
  }

  private void turn() {
    try {
      peers.turn();
      if (unheard.get() > MAX_UNHEARD) {
        reopen();
      }
      send(false);
      reception.report();
    } catch (RuntimeException e) {
      LOG.error("Heartbeats", e);
    }
  }

  /** A node that does not hear itself hears nobody: its interface went away and came back, say. */
  private synchronized void reopen() {
    unheard.set(0);
    if (silent) {
      return;
    }
    try {
      multicast.close();
      multicast = open();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    if (!failing) {
      LOG.warn("Heartbeats cannot be sent ({}); retrying", e.getMessage());
    }
    failing = true;
  }

  private void send(boolean leaving) {
    List<String> names = regions.get();
    if (options.port() == 0 || (!leaving && (names.isEmpty() || silent))) {
      return;
    }
    unheard.incrementAndGet();
    try {
      int begin = 0;
      do {
        int end = begin + HeartbeatCodec.fitting(names, begin);
        multicast.send(codec.encode(heartbeat(names.subList(begin, end), leaving)));
        counts.sent().increment();
        begin = end;
      } while (begin < names.size());
      if (failing) {
        LOG.info("Heartbeats are sent again");
      }
      failing = false;
    } catch (IOException e) {
      failed(e);
    }
  }

  private Heartbeat heartbeat(List<String> names, boolean leaving) {
    return new Heartbeat(
        options.cluster(),
        options.incarnation(),
        counts.sequence().incrementAndGet(),
        System.currentTimeMillis(),
        settings.address(),
        options.port(),
        names,
        leaving);
  }

  private void hear(InetAddress from, ByteBuffer datagram) {
    if (silent) {
      return;
    }
    MulticastState heard;
    try {
      heard = take(from, datagram);
    } catch (BadHeartbeatException e) {
      String host = AddressText.of(from);
      settings
          .refusals()
          .add(e.refusal(), host, "Dropped a heartbeat from " + host + ": " + e.getMessage());
      boolean foreign = e.refusal() == Refusal.HEARTBEAT_CLUSTER;
      heard = foreign ? MulticastState.OTHER_CLUSTER : MulticastState.REFUSED;
    }
    if (heard != MulticastState.ONLY_OWN) {
      counts.received().increment();
    }
    reception.heard(heard);
  }

  private MulticastState take(InetAddress from, ByteBuffer datagram) throws BadHeartbeatException {
    boolean proves = settings.security().provesPeers();
    if (!proves && !settings.hosts().inSubnet(from)) {
      throw outside(from);
    }
    Heartbeat heartbeat = codec.decode(datagram, options.cluster());
    if (isOwn(heartbeat)) {
      return MulticastState.ONLY_OWN;
    }
    if (!proves && !settings.hosts().inSubnet(heartbeat.address())) {
      throw outside(heartbeat.address());
    }
    if (proves && isLongAgo(heartbeat)) {
      throw new BadHeartbeatException(
          Refusal.HEARTBEAT_STALE,
          "it was sent over 15 minutes ago or ahead: do the nodes' clocks agree?");
    }
    if (peers.hear(heartbeat)) {
      answer();
    }
    List<String> own = regions.get();
    return own.isEmpty() || own.stream().anyMatch(heartbeat.regions()::contains)
        ? MulticastState.PEERS
        : MulticastState.OTHER_REGION;
  }

  /** Returns what was heard of late. */
  public MulticastState state() {
    return reception.state();
  }

  private static BadHeartbeatException outside(InetAddress host) {
    return new BadHeartbeatException(
        Refusal.HEARTBEAT_HOST,
        AddressText.of(host)
            + " is outside this node's subnet: name it in rmiUrls, or set a secretFile");
  }

  private boolean isOwn(Heartbeat heartbeat) {
    if (heartbeat.incarnation().equals(options.incarnation())) {
      unheard.set(0);
      return true;
    }
    return heartbeat.port() == options.port() && heartbeat.address().equals(settings.address());
  }

  private static boolean isLongAgo(Heartbeat heartbeat) {
    return Math.abs(System.currentTimeMillis() - heartbeat.sentMillis()) > MAX_CLOCKS_APART_MILLIS;
  }

  private synchronized void answer() {
    if (!answering) {
      answering = true;
      later(this::sendAnswer, ANSWER_MILLIS);
    }
  }

  private void sendAnswer() {
    synchronized (this) {
      answering = false;
    }
    send(false);
  }

  /**
   * Hears the others no longer, and tells them nothing more but perhaps good-bye: see {@link
   * #close}.
   */
  public synchronized void fallSilent() {
    silent = true;
    turns.cancel(false);
    multicast.deafen();
  }

  /** Tells the others that this node leaves. */
  public void sayGoodBye() {
    send(true);
  }

  /** Neither hears nor tells the others anything; they miss this node after a while. */
  @Override
  public synchronized void close() {
    silent = true;
    turns.cancel(false);
    try {
      multicast.close();
    } catch (IOException e) {
      LOG.debug("Leaving the multicast group", e);
    }
  }
}
