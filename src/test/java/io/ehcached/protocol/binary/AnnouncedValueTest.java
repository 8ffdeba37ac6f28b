package io.ehcached.protocol.binary;

import static io.ehcached.protocol.binary.Connection.packet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ehcached.protocol.Request;
import io.ehcached.support.BinaryPacket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value costs before it has arrived. */
class AnnouncedValueTest {
  private static final int CONNECTIONS = 10_000;
  private static final int MEGABYTE = 1024 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"", "v"})
  void megabytesAnnouncedOnManyConnections_costNextToNothing(String value) {
    byte[] in = packet(Opcode.SET).extra(0L).key("key").value(value).bodyLength(1_000_000).bytes();
    announce(in); // so that classes are loaded
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CONNECTIONS; i++) {
      announce(in);
    }
    long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / CONNECTIONS;
    assertThat(each).isLessThan(4096);
  }

  private static void announce(byte[] in) {
    Connection connection = new Connection().receive(in);
    assertThat(connection.untaken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x0e, 0x21, 0x40})
  void gigabyteThatNobodyWants_costsNothing(int opcode) {
    byte[] piece = new byte[MEGABYTE];
    Arrays.fill(piece, (byte) 'v');
    BinaryPacket packet = BinaryPacket.of(opcode).key("key").bodyLength(1 << 30);
    byte[] head = (opcode == Opcode.SET.code() ? packet.extra(0L) : packet).bytes();
    BinaryDecoder decoder = new BinaryDecoder(Connection.LIMITS);
    List<Request> out = new ArrayList<>();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(head, 0, head.length, out, 10);
    int left = (1 << 30) - (head.length - 24);
    while (left > 0) {
      int length = Math.min(left, MEGABYTE);
      assertThat(decoder.decode(piece, 0, length, out, 10)).isEqualTo(length);
      left -= length;
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
    byte[] rest = packet(Opcode.NOOP).bytes();
    decoder.decode(rest, 0, rest.length, out, 10);
    assertThat(out).hasSize(2).extracting(Request::form).containsExactly(opcode, 0x0a);
  }

  @Test
  void wholeValue_isAllocatedOnce() {
    byte[] in = packet(Opcode.SET).extra(0L).key("key").value("v".repeat(900_000)).bytes();
    BinaryDecoder decoder = new BinaryDecoder(Connection.LIMITS);
    List<Request> out = new ArrayList<>();
    decoder.decode(in, 0, in.length, out, 10); // so that classes are loaded
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(in, 0, in.length, out, 10);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(out.get(1).value()).hasSize(900_000);
    assertThat(allocated).isLessThan(910_000);
  }
}
