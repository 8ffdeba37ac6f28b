package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A node's controls that remember what they were told. */
public final class TestControl implements NodeControl {
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
  public Optional<String> certificates = NodeControl.super.refreshCertificates();
  public OptionalLong secondsSinceCertificatesRead = OptionalLong.empty();
  public boolean resumesTlsSessions;
  public final List<ConnectionView> connections = new ArrayList<>();

  /** A socket as {@code stats conns} shows it. */
  public record Connection(
      long id, String address, String listenAddress, String state, long secondsSinceLastCommand)
      implements ConnectionView {}

  @Override
  public String version() {
    return "1.6.99";
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

  @Override
  public boolean isLeaving() {
    return leaving;
  }
}
