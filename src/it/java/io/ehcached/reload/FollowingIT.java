package io.ehcached.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A node whose file is changed under it, and whose one client stays connected. */
class FollowingIT {
  private static final String REGION = "<ehcache>\n<cache name=\"memcached\" %s/>\n</ehcache>\n";
  private static final String VALUE = "x".repeat(100_000);
  private static final int ITEMS = 100;

  private final Path file = NodeProcess.config(xml("maxBytesLocalHeap=\"32m\" eternal=\"true\""));

  private static String xml(String attributes) {
    return REGION.formatted(attributes);
  }

  private void write(String attributes) {
    try {
      Files.writeString(file, xml(attributes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void eventually(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(condition);
    System.out.printf("following: %s after %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }

  private static long items(TextClient client) {
    return Long.parseLong(client.stat("", "curr_items"));
  }

  @Test
  void regionsBoundAndLifespan_followTheFile_andClientsDoNotNotice() {
    try (NodeProcess node = NodeProcess.start(file);
        TextClient client = node.connect()) {
      for (int i = 0; i < ITEMS; i++) {
        assertThat(client.set("key" + i, VALUE)).isEqualTo("STORED");
      }
      write("maxBytesLocalHeap=\"48m\" eternal=\"true\"");
      eventually(
          "a larger bound", () -> client.stat("", "limit_maxbytes").equals("" + (48L << 20)));
      assertThat(items(client)).isEqualTo(ITEMS);

      write("maxBytesLocalHeap=\"5m\" eternal=\"true\"");
      eventually("room made for a smaller one", () -> items(client) <= 52);
      eventually("it to hold", () -> client.stat("", "limit_maxbytes").equals("" + (5L << 20)));
      assertThat(items(client)).isGreaterThan(40);
      assertThat(client.stat("", "evictions")).isEqualTo("" + (ITEMS - items(client)));

      assertThat(client.set("mortal", "x", 1000)).isEqualTo("STORED");
      assertThat(client.set("kept", "x")).isEqualTo("STORED");
      write("maxBytesLocalHeap=\"5m\" timeToLiveSeconds=\"1\"");
      eventually("the end of what is older", () -> client.get("kept") == null);
      assertThat(client.get("mortal")).isEqualTo("x");

      String half = "maxBytesLocalHeap=\"6m\" timeToLive=\"1\"";
      write(half);
      eventually("a complaint", () -> node.log().contains("cannot be used: nothing changes"));
      assertThat(node.log())
          .contains("ERROR", file + ":2: error: <cache name=\"memcached\">: does not allow the")
          .doesNotContain("Exception");
      assertThat(client.stat("", "limit_maxbytes")).isEqualTo("" + (5L << 20));

      write("maxBytesLocalHeap=\"900g\" eternal=\"true\"");
      eventually("another", () -> node.log().contains("the JVM's heap has room for no more than"));
      assertThat(client.stat("", "limit_maxbytes")).isEqualTo("" + (5L << 20));
      assertThat(client.set("kept", "x")).isEqualTo("STORED");

      write("maxEntriesLocalHeap=\"900\" eternal=\"true\"");
      eventually("a third", () -> node.log().contains("cannot change places"));
      node.hangUp();
      eventually(
          "an answer to SIGHUP", () -> node.log().split("cannot change places", -1).length == 5);
      assertThat(client.get("kept")).isEqualTo("x");
    }
  }
}
