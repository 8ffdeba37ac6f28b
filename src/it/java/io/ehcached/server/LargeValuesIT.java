package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.protocol.value.ValueWriter;
import io.ehcached.support.BinaryPacket;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that leave in slices, in each protocol and with each transport. */
class LargeValuesIT {
  private static final int WIDE = 1_000_000;
  private static final int LEAST_AROUND = 26; // what stands around a value, in bytes
  private static final int MAX_AROUND = 42;
  private static final Map<String, NodeProcess> NODES = new HashMap<>();

  private NodeProcess node;

  private void use(String transport) {
    node =
        NODES.computeIfAbsent(
            transport, name -> NodeProcess.startAlone("-I", "4m", "--transport", transport));
  }

  @AfterEach
  void nothingIsHeld_andNothingWentWrong() {
    try (TextClient client = node.connect()) {
      await().until(() -> client.stat("", "response_obj_bytes").equals("0"));
      await().until(() -> client.stat("", "curr_connections").equals("1"));
    }
    assertThat(node.log()).doesNotContain("ERROR").doesNotContain("LEAK");
  }

  @AfterAll
  static void stop() {
    NODES.values().forEach(NodeProcess::close);
  }

  /** No part of it is like another, so that no slice can take another's place. */
  private static String value(int length, int seed) {
    StringBuilder text = new StringBuilder(length + 8);
    for (int i = seed; text.length() < length; i++) {
      text.append(Integer.toString(i * 31, 36)).append('.');
    }
    return text.substring(0, length);
  }

  private static Set<Integer> lengths() {
    Set<Integer> lengths = new TreeSet<>();
    int[] ends = {ValueWriter.MAX_COPIED, ValueChunker.SIZE, 2 * ValueChunker.SIZE};
    for (int end : ends) {
      lengths.add(end);
      lengths.add(end + 1);
    }
    for (int i = LEAST_AROUND;
        i <= MAX_AROUND;
        i++) { // with all that stands around it, it just fits, or does not
      lengths.add(ValueChunker.SIZE - i);
    }
    lengths.add(WIDE);
    return lengths;
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void valuesOfEachLengthAroundSlices_comeWhole_betweenSmallOnes(String transport) {
    use(transport);
    try (TextClient client = node.connect()) {
      assertThat(client.set("small", "s")).isEqualTo("STORED");
      for (int length : lengths()) {
        String value = value(length, length);
        assertThat(client.set("wide", value)).isEqualTo("STORED");
        String small = "VALUE small 0 1\r\ns\r\n";
        String wide = "VALUE wide 0 " + length + "\r\n" + value + "\r\n";
        String meta = "VA %1$d s%1$d\r\n".formatted(length) + value + "\r\nVA 1\r\ns\r\nEN\r\n";
        client.send(
            "get small wide\r\nmg wide v s\r\nmg small v\r\nmg none v\r\nget wide small\r\nmn\r\n");
        expect(client, small + wide + "END\r\n" + meta + wide + small + "END\r\nMN\r\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void binaryValuesOfEachLengthAroundSlices_comeWhole(String transport) {
    use(transport);
    try (TextClient setter = node.connect();
        TextClient client = node.connect()) {
      for (int length : lengths()) {
        String value = value(length, length);
        assertThat(setter.set("wide", value)).isEqualTo("STORED");
        ByteArrayOutputStream asked = new ByteArrayOutputStream();
        asked.writeBytes(BinaryPacket.of(0x0c).key("wide").bytes()); // getk
        asked.writeBytes(BinaryPacket.of(0x00).key("wide").bytes()); // get
        asked.writeBytes(BinaryPacket.of(0x0a).bytes()); // noop
        client.send(asked.toByteArray());
        expectPacket(client, 0x0c, "wide" + value, 4);
        expectPacket(client, 0x00, value, 0);
        expectPacket(client, 0x0a, "", 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void clientThatReadsLate_getsEachValueWhole_whileItIsReplaced(String transport) {
    use(transport);
    List<byte[]> versions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      versions.add(value(WIDE, 1 + i).getBytes(StandardCharsets.ISO_8859_1));
    }
    int times = 20; // more than the socket's buffers hold
    try (TextClient other = node.connect();
        TextClient late = node.connect()) {
      assertThat(other.set("wide", value(WIDE, 1))).isEqualTo("STORED");
      late.send(("get" + " wide".repeat(times) + "\r\n").repeat(2) + "mn\r\n");
      String head = "VALUE wide 0 " + WIDE;
      assertThat(late.line()).isEqualTo(head);
      for (int i = 1; i < versions.size(); i++) {
        assertThat(other.set("wide", value(WIDE, 1 + i))).isEqualTo("STORED");
      }
      assertThat(other.get("wide").length()).isEqualTo(WIDE);
      expect(late, value(WIDE, 1) + "\r\n"); // it was being sent
      int before = 0;
      for (int i = 1; i < 2 * times; i++) {
        assertThat(late.line()).isEqualTo(i == times ? "END" : head);
        if (i == times) {
          assertThat(late.line()).isEqualTo(head);
        }
        int version = version(late.bytes(WIDE), versions);
        assertThat(version).isGreaterThanOrEqualTo(before);
        before = version;
        assertThat(late.line()).isEmpty();
      }
      assertThat(before).isEqualTo(versions.size() - 1); // for one client only one value is kept
      assertThat(late.line()).isEqualTo("END");
      assertThat(late.line()).isEqualTo("MN");
    }
  }

  /** Returns which of several values it is; -1 for none. */
  private static int version(byte[] found, List<byte[]> versions) {
    for (int i = 0; i < versions.size(); i++) {
      if (Arrays.equals(found, versions.get(i))) {
        return i;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void clientThatLeavesInTheMiddle_takesNothingWithIt(String transport) {
    use(transport);
    try (TextClient other = node.connect()) {
      assertThat(other.set("wide", value(WIDE, 3))).isEqualTo("STORED");
      for (int i = 0; i < 5; i++) {
        try (TextClient client = node.connect()) {
          client.send("get" + " wide".repeat(20) + "\r\n");
          assertThat(client.bytes(1000)).hasSize(1000);
        }
      }
      String found = other.get("wide");
      assertThat(found.equals(value(WIDE, 3))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void clientsThatAskTogether_areAllAnswered_thoughItIsTooMuchForATurn(String transport) {
    use(transport);
    String value = value(WIDE, 4);
    try (TextClient other = node.connect()) {
      assertThat(other.set("wide", value)).isEqualTo("STORED");
      List<TextClient> clients = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        clients.add(node.connect());
      }
      for (TextClient client : clients) {
        client.send("get wide\r\nset of" + clients.indexOf(client) + " 0 0 1\r\nv\r\nget wide\r\n");
      }
      String answer = "VALUE wide 0 " + WIDE + "\r\n" + value + "\r\nEND\r\n";
      for (TextClient client : clients) {
        expect(client, answer + "STORED\r\n" + answer);
        client.close();
      }
    }
  }

  private static void expectPacket(TextClient client, int opcode, String body, int keyLength) {
    ByteBuffer header = ByteBuffer.wrap(client.bytes(24));
    int extras = body.isEmpty() ? 0 : 4;
    assertThat(header.get(1)).isEqualTo((byte) opcode);
    assertThat(header.getShort(2)).isEqualTo((short) keyLength);
    assertThat(header.getInt(8)).isEqualTo(extras + body.length());
    assertThat(client.bytes(extras)).isEqualTo(new byte[extras]); // the flags
    expect(client, body);
  }

  private static void expect(TextClient client, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] found = client.bytes(expected.length);
    // Not by AssertJ at once: what it would say of a megabyte takes it a minute.
    assertThat(Arrays.mismatch(found, expected)).isEqualTo(-1);
  }
}
