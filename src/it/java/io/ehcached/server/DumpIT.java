package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All keys of a node with many, to clients that read as they like. */
class DumpIT {
  private static final int MILLION = 1_000_000;
  private static final int BATCH = 10_000;

  /** A line for each of a million keys of this length is 100 MB and more. */
  private static final String PREFIX = "0123456789-".repeat(3);

  private static final Pattern LINE =
      Pattern.compile(
          "key="
              + PREFIX
              + "[0-9]+ exp=-1 la=[0-9]+ cas=[0-9]+ fetch=no cls=1 size=[0-9]+ flags=0 ");

  /** As much heap as the items take and a little more: no place for their lines as well. */
  private static final String HEAP = "--heap=460m";

  private static void fill(TextClient client, int count) {
    StringBuilder batch = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      batch.append("set ").append(PREFIX).append(i).append(" 0 0 1 noreply\r\nx\r\n");
      if (i % BATCH == 0 || i == count) {
        client.send(batch.toString());
        assertThat(client.ask("mn")).isEqualTo("MN");
        batch.setLength(0);
      }
    }
  }

  private static int readKeys(TextClient client, Set<String> keys) {
    assertThat(client.line()).isEqualTo("OK");
    int lines = 0;
    for (String line = client.rawLine(); !line.equals("END\r"); line = client.rawLine()) {
      assertThat(line).matches(LINE);
      keys.add(line.substring(4, line.indexOf(' ')));
      lines++;
    }
    return lines;
  }

  /**
   * Several clients ask for a million keys and read nothing: were their answers to pile up, the
   * node would be out of memory. All the while it serves others; and at the end each gets its
   * answer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void millionKeys_toClientsThatDoNotRead_takeNoRoom(String transport) {
    int count = transport.equals("epoll") ? MILLION : MILLION / 10; // once with all is enough
    List<TextClient> slow = new ArrayList<>();
    try (NodeProcess node =
            NodeProcess.start(
                NodeProcess.config(
                    "<ehcache><cache name=\"memcached\" maxBytesLocalHeap=\"300m\""
                        + " eternal=\"true\"/></ehcache>"),
                HEAP,
                "--transport",
                transport);
        TextClient client = node.connect()) {
      fill(client, count);
      assertThat(client.stat("", "curr_items")).isEqualTo(Integer.toString(count));
      for (int i = 0; i < 4; i++) {
        slow.add(node.connect());
        slow.get(i).send("lru_crawler metadump all\r\nmn\r\n");
      }
      try (TextClient fifth = node.connect()) {
        await()
            .until(
                () ->
                    fifth
                        .ask("lru_crawler mgdump hash")
                        .equals("BUSY currently processing crawler request"));
      }
      assertThat(client.set("other", "value")).isEqualTo("STORED");
      assertThat(client.get("other")).isEqualTo("value");
      assertThat(client.ask("delete other")).isEqualTo("DELETED");

      Set<String> keys = new HashSet<>();
      assertThat(readKeys(slow.get(0), keys)).isEqualTo(count);
      assertThat(keys).hasSize(count);
      assertThat(slow.get(0).line()).isEqualTo("MN");

      // Those that go without having read leave their places to others.
      slow.forEach(TextClient::close);
      slow.clear();
      await()
          .untilAsserted(
              () -> {
                List<TextClient> next = new ArrayList<>();
                try {
                  for (int i = 0; i < 4; i++) {
                    next.add(node.connect());
                    assertThat(next.get(i).ask("stats cachedump 1 1")).startsWith("ITEM ");
                    assertThat(next.get(i).line()).isEqualTo("END");
                    assertThat(next.get(i).ask("lru_crawler metadump all")).isEqualTo("OK");
                  }
                } finally {
                  next.forEach(TextClient::close);
                }
              });
      assertThat(node.log()).doesNotContain("OutOfMemory").doesNotContain("ERROR");
    } finally {
      slow.forEach(TextClient::close);
    }
  }
}
