package io.ehcached.server;

import io.ehcached.admin.Counters;
import io.ehcached.command.CommandExecutor;
import io.ehcached.protocol.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What the connections of one event loop share, since only one of them is at work at a time: the
 * executor, the counters' cell, the encoders, and the memory that a read is decoded in.
 */
final class Worker {
  private static final int SCRATCH = 128 * 1024;

  final CommandExecutor executor;
  final Counters.Cell counters;
  final Encoders encoders = new Encoders();
  final List<Request> batch = new ArrayList<>();
  private byte[] scratch = new byte[SCRATCH];

  Worker(CommandExecutor executor, Counters.Cell counters) {
    this.executor = executor;
    this.counters = counters;
  }

  /** Returns an array of at least {@code length} bytes, good until the next call. */
  byte[] scratch(int length) {
    return length <= scratch.length ? scratch : new byte[length];
  }
}
