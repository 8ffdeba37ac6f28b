package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
      assertThat(watcher.rawLine()) // a change looks at the old item first
          .matches(MOMENT + "type=item_get key=a%3Ab status=not_found clsid=0 cfd=[0-9]+ size=0");
      assertThat(watcher.rawLine())
          .matches(
              MOMENT
                  + "type=item_store key=a%3Ab status=stored cmd=set ttl=0 clsid=1 cfd=[0-9]+"
                  + " size=5");
      assertThat(client.get("a:b")).isEqualTo("value");
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=item_get key=a%3Ab status=found clsid=1 cfd=[0-9]+ size=5");
      assertThat(client.ask("delete a:b")).isEqualTo("DELETED");
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=item_get key=a%3Ab status=found clsid=1 cfd=[0-9]+ size=5");
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=deleted key=a%3Ab cmd=delete clsid=1 size=5");
      node.connect().close();
      assertThat(watcher.rawLine())
          .matches(MOMENT + "type=conn_new rip=127.0.0.1 rport=[0-9]+ transport=tcp cfd=[0-9]+");
      assertThat(watcher.rawLine())
          .matches(
              MOMENT
                  + "type=conn_close rip=127.0.0.1 rport=[0-9]+ transport=tcp reason=normal"
                  + " cfd=[0-9]+");

      assertThat(client.get("w")).as("what a watcher sent").isNull();
      assertThat(client.stat("", "log_watchers")).isEqualTo("1");
      assertThat(Integer.parseInt(client.stat("", "log_watcher_sent"))).isGreaterThanOrEqualTo(5);
      watcher.close();
      await().until(() -> "0".equals(client.stat("", "log_watchers")));
      await().until(() -> "1".equals(client.stat("", "curr_connections")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void watchersThatSendNoMore_atOnce_areClosed(String transport) {
    try (NodeProcess node = NodeProcess.startAlone("--transport", transport);
        TextClient client = node.connect()) {
      List<TextClient> watchers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        TextClient watcher = node.connect();
        watcher.send("watch evictions\r\n");
        watcher.endInput();
        watchers.add(watcher);
      }
      await().until(() -> "1".equals(client.stat("", "curr_connections")));
      assertThat(client.stat("", "log_watchers")).isEqualTo("0");
      watchers.forEach(TextClient::close);
    }
  }

  @Test
  void connectionThatCannotGoOn_endsByAnError() {
    try (NodeProcess node = NodeProcess.startAlone();
        TextClient watcher = node.connect()) {
      assertThat(watcher.ask("watch connevents")).isEqualTo("OK");
      String binary = "\u0080\u0001\0\1\0\0\0\0\u007f\u00ff\u00ff\u00ff" + "\0".repeat(12);
      for (String end :
          List.of(
              "GET / HTTP/1.1\r\n", "x".repeat(3000), binary, "quit\r\n", " quit\r\nquit\r\n")) {
        TextClient client = node.connect();
        client.send(end.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(watcher.rawLine()).contains(" type=conn_new ");
        String reason = end.contains("quit") ? "normal" : "error";
        assertThat(watcher.rawLine()).contains(" type=conn_close ", " reason=" + reason + " ");
        client.close();
      }
    }
  }

  @Test
  void connectionThatAwaitsAValue_isShownSo() {
    try (NodeProcess node = NodeProcess.startAlone();
        TextClient client = node.connect();
        TextClient sending = node.connect()) {
      sending.send("set a 0 0 5\r\nva");
      await().until(() -> states(client), states -> states.contains("conn_nread"));
      assertThat(states(client)).contains("conn_listening", "conn_parse_cmd");
      sending.send("lue\r\n");
      assertThat(sending.line()).isEqualTo("STORED");
      assertThat(states(client)).doesNotContain("conn_nread");
    }
  }

  private static List<String> states(TextClient client) {
    List<String> states = new ArrayList<>();
    client.send("stats conns\r\n");
    for (String line = client.line(); !line.equals("END"); line = client.line()) {
      if (line.contains(":state ")) {
        states.add(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return states;
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

      // How many lines are missing is sent before the next line that there is room for.
      AtomicBoolean seen = new AtomicBoolean();
      CompletableFuture<Void> others =
          CompletableFuture.runAsync(
              () -> {
                while (!seen.get()) {
                  assertThat(client.set("more", "x")).isEqualTo("STORED");
                }
              });
      String line = watcher.rawLine();
      while (line.contains(" key=" + key + " ")) {
        line = watcher.rawLine();
      }
      seen.set(true);
      others.join();
      assertThat(line).matches("skipped=[0-9]+");
    }
  }
}
