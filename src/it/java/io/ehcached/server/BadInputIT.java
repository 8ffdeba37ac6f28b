package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no client should send: it gets a clear error or a closed connection, and the node is well.
 */
class BadInputIT {
  private static NodeProcess node;
  private TextClient client;

  @BeforeAll
  static void start() {
    node = NodeProcess.startAlone();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    client = node.connect();
  }

  @AfterEach
  void nodeIsStillWell() {
    client.close();
    try (TextClient other = node.connect()) {
      assertThat(other.set("well", "yes")).isEqualTo("STORED");
      assertThat(other.get("well")).isEqualTo("yes");
    }
    assertThat(node.log()).doesNotContain("Exception").doesNotContain("ERROR");
  }

  private void inStep() {
    assertThat(client.set("step", "in")).isEqualTo("STORED");
    assertThat(client.get("step")).isEqualTo("in");
  }

  @Test
  void valueLongerThanAnnounced() {
    assertThat(client.ask("set k 0 0 3\r\ntoo long")).isEqualTo("CLIENT_ERROR bad data chunk");
  }

  @Test
  void numberTooLarge() {
    assertThat(client.ask("set k 0 0 99999999999999999999999"))
        .isEqualTo("CLIENT_ERROR bad command line format");
    inStep();
  }

  @Test
  void negativeLength() {
    assertThat(client.ask("set k 0 0 -1")).isEqualTo("CLIENT_ERROR bad command line format");
    inStep();
  }

  @Test
  void keyTooLong() {
    assertThat(client.ask("get " + "k".repeat(251)))
        .isEqualTo("CLIENT_ERROR bad command line format");
    inStep();
  }

  @Test
  void gigabyteAnnounced_isRefusedBeforeItIsSent() {
    assertThat(client.ask("set big 0 0 1073741824"))
        .isEqualTo("SERVER_ERROR object too large for cache");
  }

  @Test
  void valueAboveTheLimit_isSwallowed() {
    int length = 64 * 1024 * 1024;
    client.send("set big 0 0 " + length + "\r\n");
    byte[] part = new byte[1024 * 1024];
    for (int sent = 0; sent < length; sent += part.length) {
      client.send(part);
    }
    client.send("\r\n");
    assertThat(client.line()).isEqualTo("SERVER_ERROR object too large for cache");
    inStep();
  }

  @Test
  void manyLengthsAnnouncedAndNothingSent_takeNoMemory() {
    List<TextClient> silent = new ArrayList<>();
    for (int i = 0; i < 500; i++) { // 500 times 1 MB is more than the node's heap
      TextClient one = node.connect();
      one.send("set k" + i + " 0 0 1000000\r\n");
      silent.add(one);
    }
    inStep();
    silent.forEach(TextClient::close);
  }

  @Test
  void binaryGarbage_endsInErrorsOrAClosedConnection() {
    Random random = new Random(4711);
    for (int i = 0; i < 50; i++) {
      try (TextClient one = node.connect()) {
        byte[] garbage = new byte[10_000];
        random.nextBytes(garbage);
        one.send(garbage);
      }
    }
  }

  @Test
  void lineWithoutEnd_closesTheConnection() {
    client.send("x".repeat(3000));
    assertThat(client.isClosedByPeer()).isTrue();
  }

  /** Memcached closes only where the end of the line comes later; here that makes no difference. */
  @ParameterizedTest
  @ValueSource(
      strings = {"set k 0 0 1", "delete k", "incr k 1", "touch k 0", "stats", "mg k v", "mn", "x"})
  void lineAbove2kB_closesTheConnection(String line) {
    client.send(line + " ".repeat(2100) + "\r\n");
    assertThat(client.isClosedByPeer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "gets", "gat 0", "gats 0"})
  void lineOfKeysAbove2kB_isAnswered(String command) {
    client.send(command + " absent".repeat(1000) + "\r\n");
    assertThat(client.line()).isEqualTo("END");
    inStep();
  }

  @Test
  void webBrowser_isSentAway() {
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(client.isClosedByPeer()).isTrue();
  }

  @Test
  void slowHalfCommand_delaysNobodyElse() {
    client.send("set slow 0 0 10\r\nhal");
    try (TextClient other = node.connect()) {
      assertThat(other.set("quick", "x")).isEqualTo("STORED");
    }
    client.send("f and r");
    client.send("\r\n");
    assertThat(client.line()).isEqualTo("STORED");
    assertThat(client.get("slow")).isEqualTo("half and r");
  }

  @Test
  void clientThatDoesNotRead_takesNoMemoryAndDelaysNobody() {
    assertThat(client.set("wide", "x".repeat(1_000_000))).isEqualTo("STORED");
    try (TextClient greedy = node.connect()) {
      greedy.send("get wide\r\n".repeat(300)); // 300 MB of answers, to a node of 160 MB
      inStep();
      for (int i = 0; i < 300; i++) {
        assertThat(greedy.line()).isEqualTo("VALUE wide 0 1000000");
        assertThat(greedy.bytes(1_000_002)).hasSize(1_000_002);
        assertThat(greedy.line()).isEqualTo("END");
        if (i == 20) {
          inStep();
        }
      }
    }
  }

  @Test
  void clientsThatComeAndGo_leaveNothingBehind() {
    for (int i = 0; i < 300; i++) {
      try (TextClient one = node.connect()) {
        one.send("set half 0 0 100\r\nabc");
      }
    }
    await()
        .untilAsserted(
            () -> assertThat(Integer.parseInt(client.stat("", "curr_connections"))).isLessThan(10));
  }
}
