package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
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
  @ValueSource(strings = {"set key 0 0 1000000\r\n", "set key 0 0 1000000\r\nv"})
  void megabytesAnnouncedOnManyConnections_costNextToNothing(String input) {
    byte[] in = Connection.bytes(input);
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

  @Test
  void gigabyteAboveTheLimit_costsNothing() {
    byte[] piece = new byte[MEGABYTE];
    Arrays.fill(piece, (byte) 'v');
    TextDecoder decoder = new TextDecoder(Connection.LIMITS);
    byte[] line = Connection.bytes("set key 0 0 1073741824\r\n");
    List<Request> out = new ArrayList<>();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(line, 0, line.length, out, 10);
    for (int i = 0; i < 1024; i++) {
      assertThat(decoder.decode(piece, 0, piece.length, out, 10)).isEqualTo(piece.length);
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
    byte[] rest = Connection.bytes("\r\nmn\r\n");
    decoder.decode(rest, 0, rest.length, out, 10);
    assertThat(out).map(Connection::describe).containsExactly("SET key TOO_LARGE", "NOOP");
  }

  @Test
  void wholeValue_isAllocatedOnce() {
    byte[] in = new byte[64 * MEGABYTE + 100];
    Arrays.fill(in, (byte) 'v');
    byte[] line = Connection.bytes("set key 0 0 " + 64 * MEGABYTE + "\r\n");
    System.arraycopy(line, 0, in, 0, line.length);
    int end = line.length + 64 * MEGABYTE;
    in[end] = '\r';
    in[end + 1] = '\n';
    TextDecoder decoder = new TextDecoder(new Limits(Integer.MAX_VALUE));
    List<Request> out = new ArrayList<>();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(in, 0, end + 2, out, 10);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(out.get(0).value()).hasSize(64 * MEGABYTE);
    assertThat(allocated).isLessThan(65L * MEGABYTE);
  }

  @Test
  void valueInPieces_isPutTogether() {
    byte[] value = new byte[MEGABYTE - 1000];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) ((i * 31) >>> 3);
    }
    Connection connection = new Connection().receive("set key 0 0 " + value.length + "\r\n");
    for (int at = 0; at < value.length; at += 1777) {
      connection.receive(Arrays.copyOfRange(value, at, Math.min(value.length, at + 1777)));
    }
    connection.receive("\r").receive("\n");
    assertThat(connection.requests()).hasSize(1);
    assertThat(connection.requests().get(0).value()).isEqualTo(value);
  }
}
