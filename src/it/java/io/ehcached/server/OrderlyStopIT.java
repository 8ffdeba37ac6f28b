package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import org.junit.jupiter.api.Test;

/** What clients see of a node that is told to stop. */
class OrderlyStopIT {
  @Test
  void clientsAreLetGoAtOnce_evenInTheMiddleOfALine() {
    try (NodeProcess node = NodeProcess.startAlone("-t", "1");
        TextClient halfway = node.connect();
        TextClient other = node.connect()) {
      assertThat(halfway.ask("mn")).isEqualTo("MN");
      halfway.send("get somethi");
      assertThat(other.set("key", "value")).isEqualTo("STORED");
      assertThat(node.terminate()).isZero();
      assertThat(node.log()).doesNotContain("did not read their answers");
      assertThat(halfway.isClosedByPeer()).isTrue();
      assertThat(other.isClosedByPeer()).isTrue();
    }
  }
}
