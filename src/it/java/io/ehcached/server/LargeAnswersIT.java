package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More answers than a socket takes at once, or nearly as many. */
class LargeAnswersIT {
  private static final int WIDE = 600_000;

  /**
   * Some of these fit into the socket's buffers and some do not, so that each is a way of its own.
   */
  private static final int[] COUNTS = {1, 2, 3, 5, 8, 40};

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void answersInOneGo_areFollowedByFurtherOnes(String transport) {
    try (NodeProcess node = NodeProcess.startAlone("--transport", transport);
        TextClient client = node.connect()) {
      assertThat(client.set("wide", "x".repeat(WIDE))).isEqualTo("STORED");
      for (int count : COUNTS) {
        client.send("get" + " wide".repeat(count) + "\r\n");
        for (int i = 0; i < count; i++) {
          expectWide(client);
        }
        assertThat(client.line()).isEqualTo("END");
        assertThat(client.ask("mn")).as("after %d", count).isEqualTo("MN");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void clientThatHasSaidAll_getsAllItsAnswers(String transport) {
    try (NodeProcess node = NodeProcess.startAlone("--transport", transport);
        TextClient other = node.connect()) {
      assertThat(other.set("wide", "x".repeat(WIDE))).isEqualTo("STORED");
      for (int count : COUNTS) {
        try (TextClient client = node.connect()) {
          client.send("get wide\r\n".repeat(count) + "set half 0 0 10\r\nabc");
          client.endInput();
          for (int i = 0; i < count; i++) {
            expectWide(client);
            assertThat(client.line()).isEqualTo("END");
          }
          assertThat(client.isClosedByPeer()).isTrue();
        }
      }
      await().until(() -> "1".equals(other.stat("", "curr_connections")));
    }
  }

  private static void expectWide(TextClient client) {
    assertThat(client.line()).isEqualTo("VALUE wide 0 " + WIDE);
    assertThat(client.bytes(WIDE)).hasSize(WIDE);
    assertThat(client.line()).isEmpty();
  }
}
