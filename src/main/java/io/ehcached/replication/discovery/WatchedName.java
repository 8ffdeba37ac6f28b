package io.ehcached.replication.discovery;

import io.ehcached.address.AddressText;
import io.ehcached.replication.names.NameAnswer;
import io.ehcached.replication.status.NameStatus;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one name in {@code rmiUrls} stands for, as answers tell. An address that an answer lacks is
 * kept until {@value #MAX_MISSED} answers in a row have lacked it. An error, or an answer without
 * any address, removes none: the name service may be at fault, and the peers are still there. Not
 * safe for use by many threads.
 */
final class WatchedName {
  /** How many addresses a name may stand for; surplus ones are left out. */
  static final int MAX_ADDRESSES = 256;

  static final int MAX_MISSED = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ListedPeers.class);
  private static final long MIN_SECONDS = 1; // between two questions
  private static final long MAX_SECONDS = 5;
  private static final int PATIENCE = 3; // failures before a warning where addresses are known
  private static final Comparator<InetSocketAddress> ORDER =
      Comparator.comparing(
              (InetSocketAddress one) -> AddressText.of(one.getAddress())) // the same everywhere
          .thenComparing(InetSocketAddress::getPort);

  private final String name;
  private final Map<InetSocketAddress, Integer> missed; // how often in a row, by address
  private int failures; // in a row
  private boolean surplus;
  private long resolvedAt; // by ticks; what is negative has not happened
  private long failingSince;
  private String lastError;
  private long ttlSeconds;

  // Touched by ListedPeers.
  boolean asking; // an answer is awaited
  long round; // how many answers there were

  /** Makes a name for which nobody was asked yet. */
  WatchedName(String name) {
    this.name = name;
    this.missed = new LinkedHashMap<>();
    this.resolvedAt = -1;
    this.failingSince = -1;
    this.lastError = "";
  }

  /** Makes one that begins with what another has learned. */
  WatchedName(WatchedName before) {
    this.name = before.name;
    this.missed = new LinkedHashMap<>(before.missed);
    this.failures = before.failures;
    this.surplus = before.surplus;
    this.resolvedAt = before.resolvedAt;
    this.failingSince = before.failingSince;
    this.lastError = before.lastError;
    this.ttlSeconds = before.ttlSeconds;
  }

  String name() {
    return name;
  }

  /** Returns the addresses that count; none before the first answer. */
  Set<InetSocketAddress> addresses() {
    return missed.keySet();
  }

  /**
   * Takes in an answer.
   *
   * @param now by ticks, in milliseconds
   * @return the addresses that left
   */
  List<InetSocketAddress> answered(NameAnswer answer, long now) {
    if (answer.addresses().isEmpty()) {
      failed(answer.error(), now);
      return List.of();
    }
    if (failures >= (missed.isEmpty() ? 1 : PATIENCE)) {
      LOG.info("Name {} (rmiUrls) is resolved again", name);
    }
    failures = 0;
    failingSince = -1;
    resolvedAt = now;
    ttlSeconds = answer.ttlSeconds();
    if (!answer.error().isEmpty()) {
      lastError = answer.error();
    }
    List<InetSocketAddress> gone = drop(Set.copyOf(answer.addresses()));
    add(answer.addresses());
    return gone;
  }

  private void failed(String error, long now) {
    failures++;
    failingSince = failingSince < 0 ? now : failingSince;
    lastError = error;
    if (failures == (missed.isEmpty() ? 1 : PATIENCE)) {
      LOG.warn(
          "Name {} (rmiUrls) cannot be resolved: {}; {}retrying",
          name,
          error,
          missed.isEmpty() ? "" : "its " + missed.size() + " known addresses are kept; ");
    }
  }

  private List<InetSocketAddress> drop(Set<InetSocketAddress> answered) {
    List<InetSocketAddress> gone = new ArrayList<>();
    Iterator<Map.Entry<InetSocketAddress, Integer>> all = missed.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<InetSocketAddress, Integer> one = all.next();
      one.setValue(answered.contains(one.getKey()) ? 0 : one.getValue() + 1);
      if (one.getValue() >= MAX_MISSED) {
        gone.add(one.getKey());
        all.remove();
        LOG.info(
            "Name {} (rmiUrls) no longer stands for {}: {} answers in a row lack it",
            name,
            shown(one.getKey()),
            MAX_MISSED);
      }
    }
    return gone;
  }

  private void add(List<InetSocketAddress> answered) {
    int left = 0;
    for (InetSocketAddress one : answered.stream().sorted(ORDER).toList()) {
      if (missed.containsKey(one)) {
        continue;
      }
      if (missed.size() < MAX_ADDRESSES) {
        missed.put(one, 0);
        LOG.info("Name {} (rmiUrls) stands for {}", name, shown(one));
      } else {
        left++;
      }
    }
    if (left > 0 && !surplus) {
      LOG.warn(
          "Name {} (rmiUrls) stands for more than {} addresses; {} of them are left out",
          name,
          MAX_ADDRESSES,
          left);
    }
    surplus = left > 0;
  }

  private static String shown(InetSocketAddress address) {
    return address.getPort() == 0
        ? AddressText.of(address.getAddress())
        : AddressText.of(address.getAddress(), address.getPort());
  }

  /** Returns how long to wait before the next question, in nanoseconds. */
  long pauseNanos() {
    long seconds = failures == 0 ? ttlSeconds : failures; // a failing server is asked less often
    return TimeUnit.SECONDS.toNanos(Math.max(MIN_SECONDS, Math.min(MAX_SECONDS, seconds)));
  }

  /** Returns what operators are shown. */
  NameStatus status(long now) {
    return new NameStatus(
        name,
        missed.size(),
        resolvedAt < 0 ? OptionalLong.empty() : OptionalLong.of((now - resolvedAt) / 1000),
        failingSince < 0 ? 0 : (now - failingSince) / 1000,
        lastError);
  }
}
