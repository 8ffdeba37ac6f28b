package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.ReplicationStatus;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** A node of which a test sets the status, and which remembers what it was told to do. */
public final class TestControl implements NodeStatus, NodeAdmin {
  public boolean shutdownAllowed = true;
  public boolean flushAllowed = true;
  public boolean dumpAllowed = true;
  public boolean watchAllowed = true;
  public Membership membership =
      new Membership(7, List.of(new Membership.Member("127.0.0.1", "127.0.0.1", 11211)));
  public boolean boundedInBytes = true;
  public boolean stopped;
  public boolean leaving;
  public int verbosity;
  public long memoryLimit = 64L << 20;
  public long startMillis;
  public Optional<String> certificates = Optional.of("TLS not enabled");
  public OptionalLong secondsSinceCertificatesRead = OptionalLong.empty();
  public boolean resumesTlsSessions;
  public final List<ConnectionView> connections = new ArrayList<>();

  /** A socket as {@code stats conns} shows it. */
  public record Connection(
      long id, String address, String listenAddress, String state, long secondsSinceLastCommand)
      implements ConnectionView {}

  @Override
  public String name() {
    return "cache-1";
  }

  @Override
  public String version() {
    return "0.0.0";
  }

  @Override
  public String memcachedVersion() {
    return "1.6.99";
  }

  @Override
  public String state() {
    return leaving ? "leaving" : "ready";
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public List<String> unready() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public Counters counters() {
    return new Counters();
  }

  @Override
  public Latencies latencies() {
    return new Latencies();
  }

  @Override
  public Iterable<Executor> eventLoops() {
    return List.of();
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return List.of();
  }

  @Override
  public ConnectionLoad connectionLoad() {
    return ConnectionLoad.NONE;
  }

  @Override
  public Optional<RegionStatus> region() {
    return Optional.empty();
  }

  @Override
  public Optional<ReplicationStatus> replication() {
    return Optional.empty();
  }

  @Override
  public List<Stat> replicationStats() {
    return List.of();
  }

  @Override
  public List<NameStatus> peerNames() {
    return List.of();
  }

  @Override
  public Map<String, Long> networkCounts() {
    return Map.of();
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  @Override
  public List<Stat> settings() {
    return List.of(Stat.of("maxconns", 1024), new Stat("inter", "127.0.0.1"));
  }

  @Override
  public Collection<ConnectionView> connections() {
    return connections;
  }

  @Override
  public int clientCount() {
    return (int) connections.stream().filter(one -> one.listenAddress() != null).count();
  }

  @Override
  public int maxConnections() {
    return 1024;
  }

  @Override
  public int threads() {
    return 4;
  }

  @Override
  public long memoryLimit() {
    return memoryLimit;
  }

  @Override
  public boolean memoryLimit(long bytes) {
    if (boundedInBytes) {
      memoryLimit = bytes;
    }
    return boundedInBytes;
  }

  @Override
  public void verbosity(int level) {
    verbosity = level;
  }

  @Override
  public Optional<String> refreshCertificates() {
    return certificates;
  }

  @Override
  public OptionalLong secondsSinceCertificatesRead() {
    return secondsSinceCertificatesRead;
  }

  @Override
  public boolean resumesTlsSessions() {
    return resumesTlsSessions;
  }

  @Override
  public boolean shutdownAllowed() {
    return shutdownAllowed;
  }

  @Override
  public boolean flushAllowed() {
    return flushAllowed;
  }

  @Override
  public boolean dumpAllowed() {
    return dumpAllowed;
  }

  @Override
  public boolean watchAllowed() {
    return watchAllowed;
  }

  @Override
  public Membership membership() {
    return membership;
  }

  @Override
  public void shutdown() {
    stopped = true;
  }

  @Override
  public void leave() {
    leaving = true;
  }
}
