package io.ehcached.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.BinaryPacket;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.NodeProcessBuilder;
import io.ehcached.support.TextClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes that have much to do put into their logs. */
class LogIT {
  private static final String VALUE = "Zq7-a-value-that-nobody-else-has";
  private static final String SECRET = "Xk3-a-secret-that-nobody-else-has";

  @TempDir Path directory;

  private static Path config(int own, int other) {
    return NodeProcess.config(
        """
        <ehcache>
          <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="peerDiscovery=manual, hostName=127.0.0.1, port=%d, rmiUrls=//127.0.0.1:%d/memcached"/>
          <cacheManagerPeerListenerFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
              properties="hostName=127.0.0.1, port=%d"/>
          <cache name="memcached" maxBytesLocalHeap="32m">
            <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
            <bootstrapCacheLoaderFactory class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"/>
          </cache>
        </ehcache>
        """
            .formatted(own, other, own));
  }

  /** Does all that has to do with values, well and badly. */
  private static void keepBusy(NodeProcess node, NodeProcess peer, String prefix) {
    try (TextClient client = node.connect();
        TextClient there = peer.connect()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.set(prefix + i, VALUE)).isEqualTo("STORED");
      }
      client.send("append " + prefix + "1 0 0 " + VALUE.length() + "\r\n" + VALUE + "\r\n");
      assertThat(client.line()).isEqualTo("STORED");
      client.send("cas " + prefix + "2 0 0 " + VALUE.length() + " 1\r\n" + VALUE + "\r\n");
      assertThat(client.line()).isEqualTo("EXISTS");
      await().until(() -> VALUE.equals(there.get(prefix + 3)));
      assertThat(there.ask("delete " + prefix + 3)).isEqualTo("DELETED");
      assertThat(client.ask("flush_all 60")).isEqualTo("OK");
    }
    for (String bad : // a key that no terminal should see, and a value longer than it says
        List.of("ms k\u0007\u001b[2J " + VALUE.length() + "\r\n", "set bad 0 0 3\r\n")) {
      try (TextClient client = node.connect()) {
        client.send(bad + VALUE + "\r\n");
        client.line();
      }
    }
    try (TextClient client = node.connect()) {
      client.send("set large 0 0 9999999\r\n" + VALUE.repeat(100));
      client.line();
    }
    try (TextClient client = node.connect()) {
      client.send(BinaryPacket.of(1).extra(0L).key("b").value(VALUE).bytes());
      assertThat(client.bytes(24)).startsWith(0x81, 1);
      client.send(BinaryPacket.of(1).extra(0).key("b").value(VALUE).bytes()); // malformed
      client.bytes(24);
    }
    try (TextClient client = node.connect()) {
      client.send("set half 0 0 100\r\n" + VALUE); // and gone
    }
  }

  /** Returns what a log may not contain: values and secrets, as they are and in disguise. */
  private static List<String> secrets() {
    return List.of(
        VALUE,
        SECRET,
        VALUE.substring(0, 10),
        Base64.getEncoder().encodeToString(VALUE.getBytes(UTF_8)).substring(0, 16),
        java.util.HexFormat.of().formatHex(VALUE.getBytes(UTF_8)).substring(0, 16),
        "5a 71 37",
        "90, 113, 55"); // as Arrays.toString has it
  }

  @Test
  void busyNodesThatTellEverything_tellNoValue_andALineForEachEvent() throws Exception {
    int[] ports = FreePorts.next(2);
    Path secret = Files.writeString(directory.resolve("secret"), SECRET);
    Path file = directory.resolve("node.log");
    try (NodeProcess text = telling(secret).config(config(ports[0], ports[1])).start();
        NodeProcess json =
            telling(secret)
                .config(config(ports[1], ports[0]))
                .arguments("--log-format", "json", "--log-file", file.toString())
                .start()) {
      keepBusy(text, json, "k");
      keepBusy(json, text, "back");

      Path before = Files.move(file, directory.resolve("node.log.1"));
      await()
          .until(
              () -> {
                try (TextClient client = json.connect()) {
                  client.set("again", VALUE);
                }
                return Files.exists(file) && Files.size(file) > 0;
              });
      assertThat(text.terminate()).isZero();
      assertThat(json.terminate()).isZero();

      String told = Files.readString(before, UTF_8) + Files.readString(file, UTF_8);
      for (String value : secrets()) {
        assertThat(text.log()).doesNotContain(value);
        assertThat(told).doesNotContain(value);
      }
      assertThat(text.log().lines().filter(line -> !line.startsWith("ehcached: ")))
          .hasSizeGreaterThan(50)
          .allMatch(
              line ->
                  line.matches(
                      "\\d{4}-\\d\\d-\\d\\d [0-9:.]{12} (ERROR|WARN |INFO |DEBUG|TRACE) .*"));
      assertThat(text.log()).contains(" TRACE ").contains(" DEBUG ");
      assertSummary(text.log());
      assertIsJson(told);
      assertThat(Files.readString(file, UTF_8)).endsWith("\"message\":\"stopped\"}\n");
    }
  }

  /** Begins a node that logs everything. */
  private static NodeProcessBuilder telling(Path secret) {
    return NodeProcess.builder()
        .arguments("-vvv", "--log-level", "root=trace,replication=trace")
        .arguments("--peer-secret", secret.toString());
  }

  /** The ten lines, and the one that all wait for. */
  private static void assertSummary(String log) {
    List<String> lines = log.lines().filter(line -> line.contains(" Main: ")).toList();
    int last =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains(" listens on 127.0.0.1:"))
            .findFirst()
            .orElseThrow();
    assertThat(lines.subList(last - 10, last))
        .extracting(line -> line.replaceAll(".* Main: (\\w+) .*", "$1"))
        .containsExactly(
            "program",
            "configuration",
            "memory",
            "clients",
            "connections",
            "access",
            "region",
            "limits",
            "replication",
            "peers");
    String summary = String.join("\n", lines.subList(last - 10, last));
    assertThat(summary)
        .contains("/ehcache", "127.0.0.1:", "everybody; no TLS", "memcached, in memory")
        .contains("region 32 MB of heap, item 1024 kB", "manual: //127.0.0.1:", "by /")
        .contains("replication   Ehcache's defaults; bootstrap: Ehcache's defaults");
  }

  private void assertIsJson(String log) throws Exception {
    assumeTrue(LogFormatTest.isThere("python3"), "python3 is not there to parse JSON");
    Path file = Files.writeString(directory.resolve("json"), log, UTF_8);
    String script = "import json,sys\nprint(sum(1 for l in open(sys.argv[1]) if json.loads(l)))";
    Process python =
        new ProcessBuilder("python3", "-X", "utf8", "-c", script, file.toString())
            .redirectErrorStream(true)
            .start();
    String read = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(read).isZero();
    assertThat(Long.parseLong(read.trim())).isEqualTo(log.lines().count());
  }

  @Test
  void fileOfOnesOwn_saysAllAboutTheLog() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("logback.xml"),
            """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>MINE %%level %%msg%%n</pattern></encoder>
              </appender>
              <root level="warn"><appender-ref ref="out"/></root>
              <logger name="io.ehcached" level="info"/>
            </configuration>
            """
                .formatted(directory.resolve("mine.log")));
    try (NodeProcess node = NodeProcess.startAlone("--log-config", config.toString())) {
      Path mine = directory.resolve("mine.log");
      await().until(() -> Files.readString(mine).contains(" listens on "));
      assertThat(Files.readAllLines(mine))
          .hasSizeGreaterThan(10)
          .allMatch(line -> line.startsWith("MINE INFO "))
          .anyMatch(line -> line.contains(" listens on "));
      assertThat(node.log()).doesNotContain("listens on");
    }
    Files.writeString(config, "<configuration><appender name='x' class='none'/>");
    Process broken =
        new ProcessBuilder("bin/ehcached", "-p", "-1", "--log-config", config.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(broken.getInputStream().readAllBytes(), UTF_8);
    assertThat(broken.waitFor()).isEqualTo(64);
    assertThat(said).contains("ehcached: --log-config " + config + " cannot be used (");
  }
}
