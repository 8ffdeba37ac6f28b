package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import org.junit.jupiter.api.Test;

/** How much is done for one client before others get their turn: {@code -R}. */
class TurnsIT {
  private static final int REQUESTS = 1000;

  private static void askMuch(TextClient client) {
    client.send("ma n N0 q\r\n".repeat(REQUESTS - 1) + "mn\r\nset v 0 0 5\r\nva");
    assertThat(client.line()).isEqualTo("MN");
    client.send("lue\r\n");
    assertThat(client.line()).isEqualTo("STORED");
  }

  @Test
  void client_yieldsAfterSoManyRequests_andLosesNone() {
    try (NodeProcess node = NodeProcess.startAlone("-R", "7", "-t", "1");
        TextClient client = node.connect()) {
      askMuch(client);
      assertThat(client.get("n")).isEqualTo(Integer.toString(REQUESTS - 2));
      assertThat(client.get("v")).isEqualTo("value");
      assertThat(Integer.parseInt(client.stat("", "conn_yields")))
          .isGreaterThanOrEqualTo(REQUESTS / 7 - 10); // what a read ends with is no yield
      assertThat(client.stat("settings", "reqs_per_event")).isEqualTo("7");
    }
  }

  @Test
  void client_doesNotYieldForFewRequests() {
    try (NodeProcess node = NodeProcess.startAlone();
        TextClient client = node.connect()) {
      askMuch(client);
      assertThat(client.stat("", "conn_yields")).isEqualTo("0");
      assertThat(client.stat("settings", "reqs_per_event")).isEqualTo("1024");
    }
  }

  @Test
  void quitAmongTheRequests_endsThemAll() {
    try (NodeProcess node = NodeProcess.startAlone("-R", "1");
        TextClient client = node.connect()) {
      client.send("mn\r\n".repeat(10) + "quit\r\n" + "mn\r\n".repeat(10));
      for (int i = 0; i < 10; i++) {
        assertThat(client.line()).isEqualTo("MN");
      }
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void clientThatEndsItsInput_isStillAnswered() {
    try (NodeProcess node = NodeProcess.startAlone("-R", "3");
        TextClient client = node.connect()) {
      client.send("mn\r\n".repeat(100));
      client.endInput();
      for (int i = 0; i < 100; i++) {
        assertThat(client.line()).isEqualTo("MN");
      }
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }
}
