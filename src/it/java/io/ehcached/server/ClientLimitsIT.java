package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of clients that are too many, too slow, or ask for too much memory. */
class ClientLimitsIT {
  private static final int WIDE = 900_000;
  private static final long BELOW_TIMEOUT_MILLIS = 800; // a second, looked for now and then

  private static NodeProcess hasty;

  /** A node that waits for a second only, and for commands that do not come for ever. */
  @BeforeAll
  static void start() {
    hasty = NodeProcess.startAlone("-o", "partial_timeout=1,output_timeout=1");
  }

  @AfterAll
  static void stop() {
    hasty.close();
  }

  private static long stat(TextClient client, String name) {
    return Long.parseLong(client.stat("", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void maxconnsFast_tellsAClientTooMany(String transport) {
    try (NodeProcess node = NodeProcess.startAlone("-c", "3", "--transport", transport);
        TextClient first = node.connect();
        TextClient second = node.connect()) {
      TextClient third = node.connect();
      assertThat(List.of(first.ask("mn"), second.ask("mn"), third.ask("mn"))).containsOnly("MN");
      for (int i = 0; i < 3; i++) {
        try (TextClient fourth = node.connect()) {
          assertThat(fourth.line()).isEqualTo("ERROR Too many open connections");
          assertThat(fourth.isClosedByPeer()).isTrue();
        }
      }
      assertThat(stat(first, "rejected_connections")).isEqualTo(3);
      assertThat(stat(first, "curr_connections")).isEqualTo(3);
      assertThat(stat(first, "max_connections")).isEqualTo(3);
      assertThat(stat(first, "listen_disabled_num")).isZero();
      assertThat(first.stat("settings", "maxconns_fast")).isEqualTo("yes");
      third.close();
      await()
          .until(
              () -> {
                try (TextClient next = node.connect()) {
                  return next.ask("mn").equals("MN");
                } catch (UncheckedIOException e) {
                  return false;
                }
              });
      assertThat(node.log()).containsOnlyOnce("3 clients are connected");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void noMaxconnsFast_letsAClientTooManyWait(String transport) {
    try (NodeProcess node =
            NodeProcess.startAlone("-c", "2", "-o", "no_maxconns_fast", "--transport", transport);
        TextClient first = node.connect()) {
      assertThat(stat(first, "accepting_conns")).isEqualTo(1);
      TextClient second = node.connect();
      assertThat(second.ask("mn")).isEqualTo("MN");
      TextClient third = node.connect(); // the system takes it
      third.send("mn\r\n");
      await().until(() -> stat(first, "accepting_conns") == 0);
      assertThat(stat(first, "curr_connections")).isEqualTo(2);
      assertThat(stat(first, "listen_disabled_num")).isEqualTo(1);
      second.close();
      assertThat(third.line()).isEqualTo("MN");
      assertThat(stat(first, "time_in_listen_disabled_us")).isPositive();
      assertThat(stat(first, "rejected_connections")).isZero();
      third.close();
      await().until(() -> stat(first, "accepting_conns") == 1);
      assertThat(first.stat("settings", "maxconns_fast")).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void clientsBeyondTheOpenFiles_waitUntilOthersLeave(String transport) {
    try (NodeProcess node =
            NodeProcess.builder()
                .maxOpenFiles(300)
                .arguments("-c", "290", "--transport", transport)
                .start();
        TextClient first = node.connect()) {
      assertThat(first.ask("mn")).isEqualTo("MN");
      assertThat(node.log()).containsOnlyOnce("may have 300 files open");
      List<TextClient> clients = new ArrayList<>();
      for (int i = 0; i < 290; i++) {
        clients.add(node.connect());
      }
      await().until(() -> node.log().contains("a client could not be accepted"));
      assertThat(first.ask("mn")).isEqualTo("MN");
      clients.forEach(TextClient::close);
      try (TextClient next = node.connect()) {
        assertThat(next.ask("mn")).isEqualTo("MN");
      }
      assertThat(node.log())
          .containsOnlyOnce("a client could not be accepted")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void idleTimeout_closesWhoSendsNoCommand() {
    try (NodeProcess node = NodeProcess.startAlone("-o", "idle_timeout=2");
        TextClient within = node.connect();
        TextClient idle = node.connect()) {
      within.send("set k 0 0 10\r\nabc"); // memcached waits for a value, however long
      assertThat(idle.ask("mn")).isEqualTo("MN");
      assertThat(idle.isClosedByPeer()).isTrue();
      await()
          .ignoreExceptionsInstanceOf(UncheckedIOException.class) // it may be idle itself
          .untilAsserted(
              () -> {
                try (TextClient another = node.connect()) {
                  assertThat(stat(another, "idle_kicks")).isPositive();
                }
              });
      within.send("defghij\r\n");
      assertThat(within.line()).isEqualTo("STORED");
    }
  }

  @Test
  void halfCommandsThatDoNotGoOn_closeTheirConnections() {
    try (TextClient busy = hasty.connect()) {
      long before = stat(busy, "partial_kicks");
      List<TextClient> clients = new ArrayList<>();
      List<byte[]> halves = halves();
      for (byte[] half : halves) {
        TextClient client = hasty.connect();
        client.send(half);
        clients.add(client);
      }
      for (int i = 0; i < halves.size(); i++) {
        assertThat(clients.get(i).isClosedByPeer()).as("half %d", i).isTrue();
        clients.get(i).close();
      }
      assertThat(stat(busy, "partial_kicks")).isEqualTo(before + halves.size());
      await().until(() -> stat(busy, "read_buf_bytes") == 0);
      assertThat(hasty.log()).containsOnlyOnce("sent half a command and nothing more");
    }
  }

  private static List<byte[]> halves() {
    Stream<String> text =
        Stream.of(
            "g",
            "get key",
            "get " + "key ".repeat(1000),
            "x".repeat(2000),
            "mg key",
            "set k 0 0 10\r\n",
            "set k 0 0 10\r\nabc",
            "set k 0 0 1\r\na\r",
            "set k 0 0 1000000\r\n" + "v".repeat(500_000),
            "ms k 10\r\nabc");
    return Stream.concat(
            text.map(half -> half.getBytes(StandardCharsets.ISO_8859_1)),
            Stream.of(new byte[] {(byte) 0x80}, binarySetWithoutItsValue()))
        .toList();
  }

  private static byte[] binarySetWithoutItsValue() {
    byte[] packet = new byte[24 + 8 + 1 + 3];
    packet[0] = (byte) 0x80;
    packet[1] = 1;
    packet[3] = 1;
    packet[4] = 8;
    packet[10] = 1; // a body of 256 bytes
    return packet;
  }

  @Test
  void halfCommandInTinySteps_isAsSlow() {
    try (TextClient client = hasty.connect()) {
      await()
          .until(
              () -> {
                try {
                  client.send("x"); // the line goes on, but does not come to its end
                  return false;
                } catch (UncheckedIOException e) {
                  return true;
                }
              });
    }
  }

  @Test
  void slowValueThatGoesOn_isStored() throws InterruptedException {
    KeptPace.run(
        BELOW_TIMEOUT_MILLIS,
        pace -> {
          try (TextClient client = hasty.connect()) {
            client.send("set slow 0 0 12\r\n");
            for (int i = 0; i < 12; i++) {
              client.send("v");
              pace.step(150); // all together twice the time-out
            }
            client.send("\r\n");
            assertThat(client.line()).isEqualTo("STORED");
          }
        });
  }

  @Test
  void clientThatAsksForNothing_isNotHasted() throws InterruptedException {
    try (TextClient client = hasty.connect()) {
      assertThat(client.ask("mn")).isEqualTo("MN");
      Thread.sleep(1300); // no command at all is no half one
      assertThat(client.ask("mn")).isEqualTo("MN");
    }
  }

  @Test
  void clientThatTakesNothing_isClosed() {
    try (TextClient busy = hasty.connect();
        TextClient greedy = hasty.connect()) {
      assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
      long before = stat(busy, "output_kicks");
      greedy.send("get wide\r\n".repeat(100));
      await().until(() -> stat(busy, "output_kicks") == before + 1);
      await().until(() -> stat(busy, "response_obj_bytes") == 0);
      assertThat(hasty.log()).containsOnlyOnce("did not read its answers");
    }
  }

  @Test
  void clientThatTakesLittle_isServed() throws InterruptedException {
    try (TextClient busy = hasty.connect()) {
      assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
    }
    KeptPace.run(
        BELOW_TIMEOUT_MILLIS,
        pace -> {
          try (TextClient slow = hasty.connect()) {
            slow.send("get wide\r\n".repeat(6));
            for (int i = 0; i < 6; i++) {
              pace.step(300); // all together twice the time-out
              assertThat(slow.line()).isEqualTo("VALUE wide 0 " + WIDE);
              assertThat(slow.bytes(WIDE + 2)).hasSize(WIDE + 2);
              assertThat(slow.line()).isEqualTo("END");
            }
          }
        });
  }

  @Test
  void halfValues_takeSoMuchMemoryTogether() {
    try (NodeProcess node = NodeProcess.startAlone("-o", "read_buf_mem_limit=8");
        TextClient busy = node.connect()) {
      List<TextClient> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        TextClient client = node.connect();
        clients.add(client);
        client.send("set k" + i + " 0 0 1000000\r\n" + "v".repeat(500_000));
      }
      await().until(() -> stat(busy, "read_buf_oom") > 20);
      assertThat(stat(busy, "read_buf_bytes")).isLessThan(12 << 20);
      assertThat(busy.set("whole", "v".repeat(10_000))).isEqualTo("STORED");
      int stored = 0;
      for (TextClient client : clients) {
        client.send("v".repeat(500_000) + "\r\nmn\r\n");
        String answer = client.line();
        assertThat(answer).isIn("STORED", "SERVER_ERROR out of memory storing object");
        assertThat(client.line()).isEqualTo("MN");
        stored += answer.equals("STORED") ? 1 : 0;
        client.close();
      }
      assertThat(stored).isBetween(4, 16);
      await().until(() -> stat(busy, "read_buf_bytes") == 0);
    }
  }

  @Test
  void answersThatNobodyTakes_takeSoMuchMemoryTogether() {
    try (NodeProcess node = NodeProcess.startAlone("-o", "resp_obj_mem_limit=16,output_timeout=1");
        TextClient busy = node.connect()) {
      assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
      List<TextClient> greedy = new ArrayList<>();
      for (int i = 0; i < 60; i++) { // of which each could keep a megabyte that was replaced
        TextClient client = node.connect();
        greedy.add(client);
        client.send("get wide\r\n".repeat(20));
        assertThat(client.line()).startsWith("VALUE wide");
        assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
      }
      assertThat(busy.set("k", "v")).isEqualTo("STORED");
      assertThat(busy.get("k")).isEqualTo("v");
      assertThat(stat(busy, "response_obj_bytes")).isLessThan(40 << 20);
      assertThat(busy.get("wide")).hasSize(WIDE); // as soon as those who do not read are closed
      greedy.forEach(TextClient::close);
      assertThat(node.log()).doesNotContain("OutOfDirectMemory").doesNotContain("ERROR");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void replacedValuesAboveTheirMemory_closeWhoIsSlowest(String transport) {
    try (NodeProcess node =
            NodeProcess.startAlone("-o", "resp_obj_mem_limit=8", "--transport", transport);
        TextClient busy = node.connect()) {
      assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
      List<TextClient> greedy = new ArrayList<>();
      for (int i = 0; i < 40; i++) { // of which each keeps a megabyte from being collected
        TextClient client = node.connect();
        greedy.add(client);
        client.send("get wide\r\n".repeat(20));
        assertThat(client.line()).startsWith("VALUE wide"); // it is executed as far as may be
        assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
        assertThat(busy.get("wide")).hasSize(WIDE); // who reads is never the slowest
      }
      await().until(() -> stat(busy, "response_obj_oom") > 10);
      await().until(() -> stat(busy, "response_obj_bytes") < 20 << 20); // some are sent the same
      assertThat(node.log())
          .containsOnlyOnce("was the slowest to read its answers")
          .doesNotContain("ERROR");
      greedy.forEach(TextClient::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void storedValuesAboveThatMemory_closeNobody(String transport) {
    try (NodeProcess node =
            NodeProcess.startAlone("-o", "resp_obj_mem_limit=8", "--transport", transport);
        TextClient busy = node.connect()) {
      assertThat(busy.set("wide", "v".repeat(WIDE))).isEqualTo("STORED");
      List<TextClient> patient = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        TextClient client = node.connect();
        patient.add(client);
        client.send("get wide\r\n".repeat(20));
      }
      await().until(() -> stat(busy, "response_obj_bytes") > 16 << 20);
      for (TextClient client : patient) {
        for (int i = 0; i < 20; i++) {
          assertThat(client.line()).isEqualTo("VALUE wide 0 " + WIDE);
          assertThat(client.bytes(WIDE + 2)).hasSize(WIDE + 2);
          assertThat(client.line()).isEqualTo("END");
        }
        client.close();
      }
      assertThat(stat(busy, "response_obj_oom")).isZero();
    }
  }

  @Test
  void settings_areShown() {
    try (TextClient client = hasty.connect()) {
      assertThat(client.stat("settings", "partial_timeout")).isEqualTo("1");
      assertThat(client.stat("settings", "output_timeout")).isEqualTo("1");
      assertThat(client.stat("settings", "idle_timeout")).isEqualTo("0");
      assertThat(Long.parseLong(client.stat("settings", "read_buf_mem_limit"))).isPositive();
      assertThat(Long.parseLong(client.stat("settings", "resp_obj_mem_limit"))).isPositive();
    }
  }
}
