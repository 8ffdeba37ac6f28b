package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.discovery.HeartbeatCodec.BadHeartbeatException;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.TestSecrets;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatCodecTest {
  private static final Secret SECRET = TestSecrets.sharing("0123456789abcdef").secret();

  private static Heartbeat heartbeat(String address, List<String> regions) throws Exception {
    return new Heartbeat(
        "clusterü",
        new Incarnation(-1, Long.MAX_VALUE),
        3,
        4,
        InetAddress.getByName(address),
        0xffff,
        regions,
        true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "fd00::2"})
  void decode_encoded_isTheSame(String address) throws Exception {
    Heartbeat heartbeat = heartbeat(address, List.of("a", "region with ü"));
    for (HeartbeatCodec codec : List.of(new HeartbeatCodec(null), new HeartbeatCodec(SECRET))) {
      byte[] bytes = codec.encode(heartbeat);
      assertThat(codec.decode(ByteBuffer.wrap(bytes), "clusterü")).isEqualTo(heartbeat);
    }
    // who asks for no proof can read one that has it
    byte[] proved = new HeartbeatCodec(SECRET).encode(heartbeat);
    assertThat(new HeartbeatCodec(null).decode(ByteBuffer.wrap(proved), "clusterü"))
        .isEqualTo(heartbeat);
  }

  @Test
  void decode_anyByteChanged_isNeverTakenWithASecret() throws Exception {
    HeartbeatCodec codec = new HeartbeatCodec(SECRET);
    byte[] bytes = codec.encode(heartbeat("10.1.2.3", List.of("a")));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) 0x55;
      assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(changed), "clusterü"))
          .as("byte %s", i)
          .isInstanceOf(BadHeartbeatException.class);
    }
  }

  @Test
  void decode_anything_isTakenOrRefused() throws Exception {
    Random random = new Random(7);
    byte[] good = new HeartbeatCodec(null).encode(heartbeat("10.1.2.3", List.of("a", "b")));
    for (HeartbeatCodec codec : List.of(new HeartbeatCodec(null), new HeartbeatCodec(SECRET))) {
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length * 2));
        for (int j = random.nextInt(5); j > 0 && bytes.length > 0; j--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try {
          codec.decode(ByteBuffer.wrap(bytes), "clusterü");
        } catch (BadHeartbeatException e) {
          assertThat(e.refusal()).isNotNull();
        }
      }
    }
  }

  @Test
  void fitting_manyLongNames_goIntoSeveralHeartbeats() throws Exception {
    List<String> regions = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      regions.add(i + "x".repeat(250));
    }
    HeartbeatCodec codec = new HeartbeatCodec(SECRET);
    List<String> back = new ArrayList<>();
    for (int i = 0; i < regions.size(); ) {
      int end = i + HeartbeatCodec.fitting(regions, i);
      byte[] bytes = codec.encode(heartbeat("fd00::2", regions.subList(i, end)));
      assertThat(bytes.length).isLessThanOrEqualTo(HeartbeatCodec.MAX_LENGTH);
      back.addAll(codec.decode(ByteBuffer.wrap(bytes), "clusterü").regions());
      i = end;
    }
    assertThat(back).isEqualTo(regions);
  }
}
