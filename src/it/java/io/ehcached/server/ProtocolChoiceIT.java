package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.BinaryPacket;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which protocol a client may speak: {@code -B}, {@code proto[NAME]:} of {@code -l}. */
class ProtocolChoiceIT {
  private static final byte[] NOOP = BinaryPacket.of(0x0a).opaque(0x1234).bytes();
  private static final byte[] NOOP_ANSWER =
      BinaryPacket.of(0x0a).magic(0x81).opaque(0x1234).bytes();

  private static void assertSpeaksText(NodeProcess node) {
    assertSpeaksText(node::connect);
  }

  private static void assertSpeaksText(Supplier<TextClient> clients) {
    try (TextClient client = clients.get()) {
      assertThat(client.ask("mn")).isEqualTo("MN");
      client.send(NOOP); // after text, that is no packet any more
      assertThat(client.ask(""))
          .isEqualTo("CLIENT_ERROR bad command line format"); // 0x0a ends a line
    }
  }

  private static void assertSpeaksBinary(NodeProcess node) {
    assertSpeaksBinary(node::connect);
  }

  private static void assertSpeaksBinary(Supplier<TextClient> clients) {
    try (TextClient client = clients.get()) {
      client.send(Arrays.copyOf(NOOP, 1));
      client.send(Arrays.copyOfRange(NOOP, 1, NOOP.length));
      assertThat(client.bytes(NOOP_ANSWER.length)).isEqualTo(NOOP_ANSWER);
      client.send("mn\r\n"); // after a packet, that is no text any more
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void auto_isWhatTheFirstByteSays() {
    try (NodeProcess node = NodeProcess.startAlone()) {
      assertSpeaksText(node);
      assertSpeaksBinary(node);
      try (TextClient text = node.connect();
          TextClient binary = node.connect()) {
        binary.send(BinaryPacket.of(0x01).extra(7).extra(0).key("k").value("v").bytes());
        long cas = ByteBuffer.wrap(binary.bytes(24)).getLong(16);
        assertThat(text.get("k")).isEqualTo("v");
        assertThat(text.flags("k")).isEqualTo("7");
        assertThat(text.cas("k")).isEqualTo(Long.toUnsignedString(cas));
      }
    }
  }

  private static void assertSpeaksBinaryAlone(Supplier<TextClient> clients) {
    assertSpeaksBinary(clients);
    try (TextClient client = clients.get()) {
      client.send("mn\r\n");
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  private static void assertSpeaksTextAlone(Supplier<TextClient> clients) {
    assertSpeaksText(clients);
    try (TextClient client = clients.get()) {
      client.send(NOOP);
      assertThat(client.ask(""))
          .isEqualTo("CLIENT_ERROR bad command line format"); // 0x0a ends a line
    }
  }

  @Test
  void binary_isThatAlone() {
    try (NodeProcess node = NodeProcess.startAlone("-B", "binary")) {
      assertSpeaksBinaryAlone(node::connect);
    }
  }

  @Test
  void ascii_isThatAlone() {
    try (NodeProcess node = NodeProcess.startAlone("-B", "ascii")) {
      assertSpeaksTextAlone(node::connect);
    }
  }

  @Test
  void addressesWithAProtocolOfTheirOwn_speakThat_andTheOthersWhatBSays() {
    int[] ports = FreePorts.next(3);
    String listen =
        "127.0.0.1:%d,proto[ascii]:127.0.0.1:%d;proto[binary]:tag[b]:127.0.0.1:%d"
            .formatted(ports[0], ports[1], ports[2]);
    try (NodeProcess node = NodeProcess.startAlone("-l", listen)) {
      assertSpeaksText(() -> new TextClient(ports[0]));
      assertSpeaksBinary(() -> new TextClient(ports[0]));
      assertSpeaksTextAlone(() -> new TextClient(ports[1]));
      assertSpeaksBinaryAlone(() -> new TextClient(ports[2]));
      assertThat(node.log())
          .contains("; text, meta and binary protocol at 127.0.0.1:" + ports[0])
          .contains("; text and meta protocol at 127.0.0.1:" + ports[1])
          .contains("; binary protocol at 127.0.0.1:" + ports[2]);
    }
  }
}
