package io.ehcached.replication.discovery;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ehcached.fuzz.Allocation;
import io.ehcached.replication.discovery.HeartbeatCodec.BadHeartbeatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What anyone can send to a multicast group: it is a heartbeat, or is said to be none. */
class FuzzHeartbeatTest {
  private static final String CLUSTER = "cluster";
  private static final long FIXED = 64 * 1024;
  private static final long EACH = 200;

  static Stream<byte[]> datagrams() throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    Heartbeat heartbeat =
        new Heartbeat(
            CLUSTER, new Incarnation(1, 2), 3, 4, address, 40001, List.of("a", "region"), false);
    return Stream.of(new HeartbeatCodec(null).encode(heartbeat), new byte[0], new byte[2000]);
  }

  @MethodSource("datagrams")
  @FuzzTest
  void anyDatagram(byte[] datagram) {
    Allocation.check(datagram, FIXED, EACH, () -> read(datagram));
  }

  private static void read(byte[] datagram) {
    try {
      new HeartbeatCodec(null).decode(ByteBuffer.wrap(datagram), CLUSTER);
    } catch (BadHeartbeatException e) {
      // which is what anything else comes to
    }
  }
}
