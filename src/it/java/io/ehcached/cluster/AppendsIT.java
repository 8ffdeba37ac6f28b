package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Large items that grow by appends and prepends on one node while others join, copy everything, and
 * leave. Nobody else writes these keys, so each command must find what the one before has left.
 */
class AppendsIT {
  private static final int LEAST_ROUNDS = 4;
  private static final int LEAST_KEYS = 6;
  private static final int PIECES = 40;
  private static final int PIECE = 20 * 1024;

  private final AtomicInteger changes = new AtomicInteger();

  @Test
  void itemsThatGrow_whilePeersJoinAndLeave_loseNothing() throws Exception {
    for (Discovery discovery : Discovery.values()) {
      run(discovery);
    }
  }

  private void run(Discovery discovery) throws Exception {
    List<Path> configs = discovery.configs(2);
    AtomicBoolean over = new AtomicBoolean();
    try (NodeProcess node = NodeProcess.start(configs.get(0));
        TextClient client = node.connect()) {
      List<Throwable> failed = new ArrayList<>();
      AtomicInteger rounds = new AtomicInteger();
      Thread peers =
          new Thread(
              () -> {
                try {
                  for (int i = 0; !over.get() || i < LEAST_ROUNDS; i++) {
                    joinAndLeave(configs.get(1), i % 2 == 0);
                    rounds.incrementAndGet();
                  }
                } catch (Throwable e) {
                  failed.add(e);
                }
              });
      peers.start();
      try {
        for (int i = 0; i < LEAST_KEYS || (peers.isAlive() && rounds.get() < LEAST_ROUNDS); i++) {
          grow(client, "key" + i % LEAST_KEYS, i % 2 == 0 ? "append" : "prepend");
        }
      } finally {
        over.set(true);
        peers.join();
      }
      assertThat(failed).isEmpty();
      assertThat(rounds).hasValueGreaterThanOrEqualTo(LEAST_ROUNDS);
      assertThat(changes).hasValueGreaterThanOrEqualTo(LEAST_KEYS * PIECES);
    }
  }

  /** A node comes, has all that the other has, and goes: in order, or killed. */
  private static void joinAndLeave(Path config, boolean inOrder) {
    try (NodeProcess peer = NodeProcess.start(config);
        TextClient client = peer.connect()) {
      await().until(() -> client.get("key0") != null);
      if (inOrder) {
        peer.terminate();
      } else {
        peer.kill();
      }
    }
  }

  private void grow(TextClient client, String key, String command) {
    String value = key + ":";
    assertThat(client.set(key, value)).isEqualTo("STORED");
    for (int i = 0; i < PIECES; i++) {
      String piece = (i + ".").repeat(PIECE).substring(0, PIECE);
      assertThat(client.ask(command + " " + key + " 0 0 " + PIECE + "\r\n" + piece))
          .as("%s %s, piece %d", command, key, i)
          .isEqualTo("STORED");
      value = command.equals("append") ? value + piece : piece + value;
      boolean same = value.equals(client.get(key));
      assertThat(same).as("%s is what was written, after piece %d", key, i).isTrue();
      changes.incrementAndGet();
    }
  }
}
