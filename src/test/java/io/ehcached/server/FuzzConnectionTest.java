package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ehcached.admin.Counters;
import io.ehcached.admin.TestControl;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.Commands;
import io.ehcached.fuzz.Allocation;
import io.ehcached.protocol.Limits;
import io.ehcached.store.TestRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * All that stands between a socket and the items: decoders, commands, encoders, back-pressure.
 * Whatever arrives, nothing fails within, and every buffer is released.
 */
class FuzzConnectionTest {
  private static final Limits LIMITS = new Limits(1024 * 1024);
  private static final long FIXED = 512 * 1024;
  private static final long EACH = 5000; // a stats command of seven bytes has a hundred answers
  private static final int MAX_PIECE = 64;

  private static final UnpooledByteBufAllocator BUFFERS = new UnpooledByteBufAllocator(true);
  private static final ListAppender<ILoggingEvent> FAULTS = new ListAppender<>();

  private static TestRegion region;
  private static ConnectionRegistry clients;

  @BeforeAll
  static void start() {
    region = TestRegion.eternal();
    Counters counters = new Counters();
    TestControl control = new TestControl();
    Commands commands =
        new Commands(region.store, control, control, counters, LIMITS, region.clock);
    ConnectionLimits anybody = new ConnectionLimits(10, true, 0, 0, 0, 0, 0);
    ServerSettings settings =
        new ServerSettings(
            List.of(),
            null,
            List.of(),
            null,
            0,
            1,
            anybody,
            1,
            20,
            Protocols.ANY,
            Transport.NIO,
            LIMITS,
            null);
    clients =
        new ConnectionRegistry(
            settings, commands::newExecutor, item -> true, counters, WatchLog.withDefaults());
    FAULTS.start();
    logger().addAppender(FAULTS);
    logger().setLevel(Level.ERROR);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Connection.class);
  }

  @AfterAll
  static void stop() {
    logger().detachAppender(FAULTS);
    logger().setLevel(null);
    region.close();
  }

  @MethodSource("io.ehcached.fuzz.Seeds#all")
  @FuzzTest
  void anyInput(byte[] input) {
    Allocation.check(
        input,
        FIXED,
        EACH,
        () -> {
          region.cache.removeAll();
          converse(input);
        });
    assertThat(FAULTS.list).isEmpty();
    assertThat(BUFFERS.metric().usedDirectMemory() + BUFFERS.metric().usedHeapMemory()).isZero();
  }

  private static void converse(byte[] input) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(BUFFERS);
    channel.attr(Protocols.KEY).set(Protocols.ANY);
    channel.pipeline().addLast(clients);
    int piece = input.length == 0 ? 1 : 1 + (input[input.length - 1] & 0xFF) % MAX_PIECE;
    for (int at = 0; at < input.length && channel.isOpen(); at += piece) {
      ByteBuf arrived = BUFFERS.buffer();
      arrived.writeBytes(input, at, Math.min(piece, input.length - at));
      channel.writeInbound(arrived);
      channel.releaseOutbound();
    }
    channel.finishAndReleaseAll();
  }
}
