package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.discovery.HeartbeatCodec.BadHeartbeatException;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.TestSecrets;
import io.ehcached.support.Golden;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heartbeats, byte for byte. */
class GoldenHeartbeatTest {
  private static final Golden GOLDEN = Golden.of("transport.txt");
  private static final Secret SECRET = TestSecrets.sharing("0123456789abcdef").secret();
  private static final long NOW = 1_790_000_000_000L;
  private static final String CLUSTER = "clusterü";

  private static Heartbeat heartbeat(String address, boolean leaving) throws Exception {
    return new Heartbeat(
        CLUSTER,
        new Incarnation(NOW - 1000, 0x0102030405060708L),
        3,
        NOW,
        InetAddress.getByName(address),
        40_001,
        List.of("items", "ü"),
        leaving);
  }

  @Test
  void heartbeats_areWrittenAndRead() throws Exception {
    assertGolden("heartbeat", null, heartbeat("10.0.0.1", false));
    assertGolden("heartbeat, IPv6, leaving, with a code", SECRET, heartbeat("fd00::2", true));
  }

  private static void assertGolden(String section, Secret secret, Heartbeat heartbeat)
      throws Exception {
    HeartbeatCodec codec = new HeartbeatCodec(secret);
    assertThat(codec.encode(heartbeat)).isEqualTo(GOLDEN.get(section));
    assertThat(codec.decode(ByteBuffer.wrap(GOLDEN.get(section)), CLUSTER)).isEqualTo(heartbeat);
  }

  /** So that a later minor version can say more. */
  @Test
  void moreAtTheEnd_isPassedOver() throws Exception {
    byte[] more = GOLDEN.get("heartbeat with more at its end");
    for (Secret secret : new Secret[] {SECRET, null}) {
      assertThat(new HeartbeatCodec(secret).decode(ByteBuffer.wrap(more), CLUSTER))
          .isEqualTo(heartbeat("10.0.0.1", false));
    }
  }

  @Test
  void otherVersion_isRefusedAsThat() {
    byte[] other = GOLDEN.get("heartbeat of version 2");
    assertThatThrownBy(() -> new HeartbeatCodec(null).decode(ByteBuffer.wrap(other), CLUSTER))
        .isInstanceOfSatisfying(
            BadHeartbeatException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.HEARTBEAT_VERSION))
        .hasMessageContaining("it is of version 2, and this node's are of 1");
  }
}
