package io.ehcached.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import io.ehcached.support.UdpClient;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in datagrams. What memcached answers to the same is in {@code UdpConformanceIT}. */
class UdpIT {
  private static final String TOO_LARGE = "answer too large for UDP, ask over TCP";
  private static final int LARGEST_ANSWER = 1400;

  private static NodeProcess node;
  private TextClient tcp;
  private UdpClient udp;

  @BeforeAll
  static void start() {
    node = NodeProcess.startAlone("-U", "-1");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    tcp = node.connect();
    udp = new UdpClient(node.udpPort());
    assertThat(tcp.ask("flush_all")).isEqualTo("OK");
  }

  @AfterEach
  void nodeIsStillWell() {
    assertThat(udp.ask("mn\r\n")).isEqualTo("MN\r\n");
    udp.close();
    tcp.close();
    assertThat(node.log()).doesNotContain("Exception").doesNotContain("ERROR");
  }

  private long stat(String name) {
    return Long.parseLong(tcp.stat("", name));
  }

  @Test
  void answers_comeInOneDatagramHoweverManyRequestsThereAre() {
    assertThat(udp.ask("set a 1 0 1\r\nx\r\nget a b\r\nmg a v\r\n"))
        .isEqualTo("STORED\r\nVALUE a 1 1\r\nx\r\nEND\r\nVA 1\r\nx\r\n");
    assertThat(tcp.get("a")).isEqualTo("x");
  }

  @Test
  void answersOfUnknownLength_areRefused_andLeaveNothingOpen() {
    for (int i = 0; i < 10; i++) { // more than may be open at once
      for (String request :
          new String[] {"watch\r\n", "lru_crawler metadump all\r\n", "stats cachedump 1 1\r\n"}) {
        assertThat(udp.ask(request)).isEqualTo("SERVER_ERROR " + TOO_LARGE + "\r\n");
      }
    }
    assertThat(stat("log_watchers")).isZero();
    assertThat(tcp.ask("lru_crawler metadump all")).isEqualTo("OK");
  }

  @Test
  void answerThatJustFits_isSent() {
    String head = "VALUE k 0 1369\r\n";
    assertThat(8 + head.length() + 1369 + "\r\nEND\r\n".length()).isEqualTo(LARGEST_ANSWER);
    tcp.set("k", "v".repeat(1369));
    assertThat(udp.ask("get k\r\n")).hasSize(LARGEST_ANSWER - 8).endsWith("v\r\nEND\r\n");

    tcp.set("k", "v".repeat(1370));
    assertThat(udp.ask("get k\r\n")).isEqualTo("SERVER_ERROR " + TOO_LARGE + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("largeAnswers")
  void answerThatDoesNotFit_isAnErrorInItsPlace(String request) {
    tcp.set("wide", "v".repeat(500_000));
    tcp.set("half", "v".repeat(900));

    assertThat(udp.ask(request)).isEqualTo("SERVER_ERROR " + TOO_LARGE + "\r\n");
  }

  static Stream<String> largeAnswers() {
    return Stream.of(
        "get wide\r\n",
        "gat 0 wide\r\n",
        "mg wide v\r\n",
        "get half half\r\n",
        "get half\r\nget half\r\n",
        "stats\r\nstats\r\n");
  }

  @Test
  void largeItem_mayBeStoredAndLookedAt() {
    assertThat(udp.ask("set k 0 0 60000\r\n" + "v".repeat(60_000) + "\r\n"))
        .isEqualTo("STORED\r\n");
    assertThat(udp.ask("mg k s\r\n")).isEqualTo("HD s60000\r\n");
    assertThat(tcp.get("k")).hasSize(60_000);
  }

  @Test
  void binaryAnswerThatDoesNotFit_isAnErrorWithItsOpaque() {
    tcp.set("wide", "v".repeat(5000));
    byte[] get =
        ByteBuffer.allocate(28)
            .put((byte) 0x80)
            .put((byte) 0)
            .putShort((short) 4)
            .putInt(0)
            .putInt(4)
            .putInt(77)
            .putLong(0)
            .put("wide".getBytes(ISO_8859_1))
            .array();

    ByteBuffer answer = ByteBuffer.wrap(udp.ask(get));

    assertThat(answer.get(0)).isEqualTo((byte) 0x81);
    assertThat(answer.getShort(6)).as("status").isEqualTo((short) 0x84);
    assertThat(answer.getInt(12)).as("opaque").isEqualTo(77);
    assertThat(new String(answer.array(), ISO_8859_1)).endsWith(TOO_LARGE);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedDatagram_isDroppedWhole(byte[] datagram) {
    long before = stat("udp_dropped");

    udp.sendRaw(datagram);

    await().until(() -> stat("udp_dropped") == before + 1);
    assertThat(tcp.get("k")).isNull();
  }

  static Stream<byte[]> malformed() {
    byte[] set = "set k 0 0 1\r\nx\r\n".getBytes(ISO_8859_1);
    return Stream.of(
        new byte[] {1, 2, 3},
        UdpClient.datagram(1, 0, 1, new byte[0]),
        UdpClient.datagram(1, 0, 2, set),
        UdpClient.datagram(1, 1, 2, set),
        UdpClient.datagram(1, 0, 0, set),
        UdpClient.datagram(1, 0, 1, "get k".getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, "set k 0 0 1\r\nx\r\nget k".getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, "set k 0 0 10\r\nabc".getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, "set k 0 0 1000000000\r\nabc".getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, "mn\r\n".repeat(257).getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, "x".repeat(3000).getBytes(ISO_8859_1)),
        UdpClient.datagram(1, 0, 1, new byte[] {(byte) 0x80, 0, 0, 4}));
  }

  @Test
  void emptyDatagram_isNothing() {
    udp.sendRaw(new byte[0]);
    assertThat(udp.ask("mn\r\n")).isEqualTo("MN\r\n");
  }

  @Test
  void bytes_areCounted() {
    long read = stat("bytes_read");
    long written = stat("bytes_written");
    assertThat(udp.ask("set k 0 0 1000\r\n" + "v".repeat(1000) + "\r\n")).isEqualTo("STORED\r\n");
    assertThat(udp.ask("get k\r\n")).hasSizeGreaterThan(1000);

    assertThat(stat("bytes_read") - read).isGreaterThan(1000).isLessThan(1200);
    assertThat(stat("bytes_written") - written).isGreaterThan(1000);
    await().until(() -> stat("curr_connections") == 1); // those of other tests end by and by
  }

  @Test
  void socket_isShownAmongTheConnections() {
    assertThat(tcp.stat("settings", "udpport")).isEqualTo("-1");
    tcp.send("stats conns\r\n");
    String all = "";
    for (String line = tcp.line(); !line.equals("END"); line = tcp.line()) {
      all += line + "\n";
    }
    assertThat(all).contains(":addr udp:127.0.0.1:" + node.udpPort() + "\n");
    assertThat(node.log()).contains("127.0.0.1:" + node.udpPort() + " (UDP)");
  }
}
