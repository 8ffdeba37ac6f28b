package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.TestSecrets;
import io.ehcached.replication.security.TestStores;
import io.ehcached.replication.security.TlsFiles;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers prove themselves by is changed on one node at a time, while all are written to. */
class RotationIT {
  private static final int NODES = 3;
  private static final String OLD = "the secret of last year";
  private static final String NEW = "the secret of this year";
  private static final Pattern STATE =
      Pattern.compile("^(\\S+ \\S+) .* Peer (\\S+) .* is (down|live) \\(was .*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Writer> writers = new ArrayList<>();

  /** Writes to one node as fast as it answers. */
  private static final class Writer extends Thread {
    private final TextClient client;
    private final String prefix;
    private volatile boolean stopped;
    private volatile int stored;

    Writer(NodeProcess node, String prefix) {
      this.client = node.connect();
      this.prefix = prefix;
    }

    @Override
    public void run() {
      while (!stopped) {
        int next = stored;
        if (!client.set(prefix + next, "v" + next).equals("STORED")) {
          throw new IllegalStateException("not stored: " + prefix + next);
        }
        stored = next + 1;
      }
    }

    int end() throws InterruptedException {
      stopped = true;
      join();
      client.close();
      return stored;
    }
  }

  @AfterEach
  void stop() {
    writers.forEach(writer -> writer.stopped = true);
    nodes.forEach(NodeProcess::close);
  }

  private void start(List<String> proofs) {
    int[] ports = FreePorts.next(NODES);
    String urls =
        IntStream.of(ports)
            .mapToObj(port -> "//127.0.0.1:" + port + "/memcached")
            .collect(Collectors.joining("|"));
    for (int i = 0; i < NODES; i++) {
      Path file =
          NodeProcess.config(
              """
              <ehcache name="rotation" updateCheck="false">
                <cacheManagerPeerProviderFactory
                    class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                    properties="peerDiscovery=manual, rmiUrls=%s"/>
                <cacheManagerPeerListenerFactory
                    class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
                    properties="hostName=127.0.0.1, port=%d, %s"/>
                <cache name="memcached" maxBytesLocalHeap="256m" eternal="true">
                  <cacheEventListenerFactory
                      class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
                  <bootstrapCacheLoaderFactory
                      class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                      properties="bootstrapAsynchronously=false"/>
                </cache>
              </ehcache>
              """
                  .formatted(urls, ports[i], proofs.get(i)));
      nodes.add(NodeProcess.start(file, "--name", "cache-" + i));
    }
    for (NodeProcess node : nodes) {
      awaitLive(node);
    }
    for (int i = 0; i < NODES; i++) {
      Writer writer = new Writer(nodes.get(i), "w" + i + "-");
      writers.add(writer);
      writer.start();
    }
  }

  private static void awaitLive(NodeProcess node) {
    await()
        .until(
            () -> {
              try (TextClient client = node.connect()) {
                return client.stat("replication", "reachable_peers");
              }
            },
            "2"::equals);
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path next = Files.write(file.resolveSibling(file.getFileName() + ".next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Changes a node's files, and waits until it has said so and all have written some more. */
  private void change(int number, Path file, byte[] content, boolean bySignal) throws IOException {
    NodeProcess node = nodes.get(number);
    long before = changes(node);
    replace(file, content);
    if (bySignal) {
      node.hangUp();
    }
    await().until(() -> changes(node) > before);
    int[] then = writers.stream().mapToInt(writer -> writer.stored).toArray();
    for (int i = 0; i < NODES; i++) {
      int writer = i;
      await().until(() -> writers.get(writer).stored > then[writer] + 200);
      awaitLive(nodes.get(i));
    }
  }

  private static long changes(NodeProcess node) {
    return node.log()
        .lines()
        .filter(line -> line.contains("prove themselves by has changed"))
        .count();
  }

  private void assertNothingIsLost() throws InterruptedException {
    int[] stored = new int[NODES];
    for (int i = 0; i < NODES; i++) {
      stored[i] = writers.get(i).end();
    }
    for (NodeProcess node : nodes) {
      try (TextClient client = node.connect()) {
        for (int i = 0; i < NODES; i++) {
          String last = "w" + i + "-" + (stored[i] - 1);
          await().until(() -> client.get(last) != null);
        }
        for (int i = 0; i < NODES; i++) {
          for (int k = 0; k < stored[i]; k++) {
            assertThat(client.get("w" + i + "-" + k)).isEqualTo("v" + k);
          }
        }
      }
      assertThat(node.log()).doesNotContain("another secret");
      try (TextClient client = node.connect()) {
        assertThat(client.stat("replication", "refused_connection_false_proof")).isEqualTo("0");
      }
    }
    System.out.printf(
        "rotation: %d writes, %d times a peer was down, at most %d ms%n",
        IntStream.of(stored).sum(), downs().size(), downs().stream().max(Long::compare).orElse(0L));
  }

  /** Returns for how long peers were down, in milliseconds. */
  private List<Long> downs() {
    List<Long> downs = new ArrayList<>();
    for (NodeProcess node : nodes) {
      Map<String, LocalDateTime> since = new HashMap<>();
      List<String> lines = node.log().lines().toList();
      for (String line : lines) {
        Matcher matcher = STATE.matcher(line);
        if (matcher.matches()) {
          LocalDateTime at = LocalDateTime.parse(matcher.group(1), TIME);
          if (matcher.group(3).equals("down")) {
            since.put(matcher.group(2), at);
          } else if (since.containsKey(matcher.group(2))) {
            downs.add(since.remove(matcher.group(2)).until(at, ChronoUnit.MILLIS));
          }
        }
      }
    }
    return downs;
  }

  @Test
  void secret_isChangedOnOneNodeAfterTheOther_andNothingIsLost() throws Exception {
    List<Path> files = new ArrayList<>();
    List<String> proofs = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      files.add(TestSecrets.file(OLD));
      proofs.add("secretFile=" + files.get(i));
    }
    start(proofs);
    for (String step : List.of(OLD + "\n" + NEW, NEW + "\n" + OLD, NEW)) {
      for (int i = 0; i < NODES; i++) {
        change(i, files.get(i), (step + "\n").getBytes(StandardCharsets.UTF_8), i == 0);
      }
    }
    assertNothingIsLost();
    // The old secret is worth nothing any more.
    try (NodeProcess stranger = strangerWith(OLD)) {
      await().until(() -> stranger.log().contains("it has another secret"));
    }
  }

  private NodeProcess strangerWith(String secret) {
    String url = nodeUrl();
    int port = FreePorts.next();
    return NodeProcess.start(
        NodeProcess.config(
            """
            <ehcache name="rotation" updateCheck="false">
              <cacheManagerPeerProviderFactory
                  class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                  properties="hostName=127.0.0.1, port=%d, peerDiscovery=manual, rmiUrls=%s"/>
              <cache name="memcached" maxBytesLocalHeap="32m" eternal="true">
                <cacheEventListenerFactory
                    class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
              </cache>
            </ehcache>
            """
                .formatted(port, url)),
        "--peer-secret",
        TestSecrets.file(secret).toString());
  }

  private String nodeUrl() {
    try (TextClient client = nodes.get(0).connect()) {
      return client.stat("replication", "url");
    }
  }

  @Test
  void certificates_areChangedOnOneNodeAfterTheOther_andNothingIsLost(@TempDir Path directory)
      throws Exception {
    TestStores stores =
        new TestStores(directory)
            .keys("old", "new")
            .trust("trust-old", "old")
            .trust("trust-both", "old", "new")
            .trust("trust-new", "new");
    List<Path> keys = new ArrayList<>();
    List<Path> trusts = new ArrayList<>();
    List<String> proofs = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      keys.add(Files.copy(stores.files("old", "old").keyStore(), directory.resolve("k" + i)));
      trusts.add(
          Files.copy(stores.files("old", "trust-old").trustStore(), directory.resolve("t" + i)));
      TlsFiles files = stores.files("old", "old");
      proofs.add(
          "tlsKeyStore=%s, tlsTrustStore=%s, tlsPasswordFile=%s"
              .formatted(keys.get(i), trusts.get(i), files.passwordFile()));
    }
    start(proofs);
    byte[] both = Files.readAllBytes(stores.files("old", "trust-both").trustStore());
    byte[] key = Files.readAllBytes(stores.files("new", "trust-both").keyStore());
    byte[] trust = Files.readAllBytes(stores.files("new", "trust-new").trustStore());
    for (int i = 0; i < NODES; i++) {
      change(i, trusts.get(i), both, i == 0);
    }
    for (int i = 0; i < NODES; i++) {
      change(i, keys.get(i), key, i == 0);
    }
    for (int i = 0; i < NODES; i++) {
      change(i, trusts.get(i), trust, i == 0);
    }
    assertNothingIsLost();
  }
}
