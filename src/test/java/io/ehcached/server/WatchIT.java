package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that watch what other clients do. */
class WatchIT {
  private static final String MOMENT = "ts=[0-9]{10}\\.[0-9]{6} gid=[0-9]+ ";

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void watcher_seesWhatOthersDo_andIsHeardNoMore(String transport) {
    try (NodeProcess node = NodeProcess.startAlone("--transport", transport);
        TextClient client = node.connect()) {
      assertThat(client.ask("mn")).isEqualTo("MN"); // its coming is no news any more
      TextClient watcher = node.connect();
      watcher.send(
          "version\r\nwatch fetchers mutations connevents deletions\r\nset w 0 0 1\r\nx\r\n");
      assertThat(watcher.line()).startsWith("VERSION ");
      assertThat(watcher.line()).isEqualTo("OK");
      watcher.send("set w 0 0 1\r\nx\r\nquit\r\n");

      assertThat(client.set("a:b", "value")).isEqualTo("STORED");
      assertThat(watcher.rawLine())
          .matches(
              MOMENT
                  + "type=item_store key=a%3Ab status=stored cmd=set ttl=0 clsid=1 cfd=[0-9]+ size=5");
      assertThat(client.get("a:b")).isEqualTo("value");
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=item_get key=a%3Ab status=found clsid=1 cfd=[0-9]+ size=5");
      assertThat(client.ask("delete a:b")).isEqualTo("DELETED");
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=deleted key=a%3Ab cmd=delete clsid=1 size=5");
      node.connect().close();
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=conn_new rip=127.0.0.1 rport=[0-9]+ transport=tcp cfd=[0-9]+");
      assertThat(watcher.rawLine())
          .matches(
              MOMENT
                  + "type=conn_close rip=127.0.0.1 rport=[0-9]+ transport=tcp reason=normal cfd=[0-9]+");

      assertThat(client.get("w")).as("what a watcher sent").isNull();
      assertThat(client.stat("", "log_watchers")).isEqualTo("1");
      assertThat(Integer.parseInt(client.stat("", "log_watcher_sent"))).isGreaterThanOrEqualTo(5);
      watcher.close();
      await().until(() -> "0".equals(client.stat("", "log_watchers")));
      await().until(() -> "1".equals(client.stat("", "curr_connections")));
    }
  }

  @Test
  void watcherThatDoesNotRead_holdsUpNobody_andMissesLines() {
    try (NodeProcess node = NodeProcess.startAlone("-o", "watcher_logbuf_size=8");
        TextClient client = node.connect();
        TextClient watcher = node.connect()) {
      assertThat(watcher.ask("watch mutations")).isEqualTo("OK");
      String key = "k".repeat(200);
      await()
          .until(
              () -> {
                for (int i = 0; i < 100; i++) {
                  assertThat(client.set(key, "x")).isEqualTo("STORED");
                }
                return Long.parseLong(client.stat("", "log_watcher_skipped")) > 100;
              });

      long lines = 0;
      String line = watcher.rawLine();
      for (; !line.startsWith("skipped="); line = watcher.rawLine()) {
        assertThat(line).contains(" key=" + key + " ");
        lines++;
        if (lines % 1000 == 0) { // lest all be read and nothing new come
          assertThat(client.set("more", "x")).isEqualTo("STORED");
        }
        if (line.contains("key=more")) {
          break;
        }
      }
      assertThat(line).matches("skipped=[0-9]+");
    }
  }
}
