package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, and clients that hold a cas unique in a double, as JavaScript and old PHP do. */
class CasUniquesIT {
  private static final int KEYS = 200;

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<TextClient> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    for (Path config : Discovery.MANUAL.configs(2)) {
      nodes.add(NodeProcess.start(config));
      clients.add(nodes.get(nodes.size() - 1).connect());
    }
    eventually(() -> nodes.stream().allMatch(node -> node.log().contains(" is live (was ")));
  }

  @AfterEach
  void stop() {
    clients.forEach(TextClient::close);
    nodes.forEach(NodeProcess::close);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private static String inADouble(String cas) {
    return Long.toString((long) Double.parseDouble(cas));
  }

  @Test
  void aCasUnique_outlivesADouble_andIsTheSameOnBothNodes() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(clients.get(i % 2).set("k" + i, "one")).isEqualTo("STORED");
    }
    for (int i = 0; i < KEYS; i++) {
      String key = "k" + i;
      TextClient writer = clients.get(i % 2);
      TextClient other = clients.get(1 - i % 2);
      String cas = writer.cas(key);
      assertThat(inADouble(cas)).isEqualTo(cas);
      assertThat(writer.ask("mg " + key + " c")).isEqualTo("HD c" + cas);
      eventually(() -> cas.equals(other.cas(key)));

      assertThat(other.ask("cas " + key + " 0 0 3 " + inADouble(cas) + "\r\ntwo"))
          .isEqualTo("STORED");

      String newer = other.cas(key);
      assertThat(Long.parseLong(newer)).isGreaterThan(Long.parseLong(cas));
      eventually(() -> newer.equals(writer.cas(key)));
      assertThat(writer.ask("cas " + key + " 0 0 4 " + cas + "\r\nlost")).isEqualTo("EXISTS");
    }
  }
}
