package io.ehcached.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import io.ehcached.support.UsersFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int compare(Object... arguments) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("--wait", "0"));
    for (Object argument : arguments) {
      words.add(
          argument instanceof NodeProcess node ? "127.0.0.1:" + node.port() : argument.toString());
    }
    out.reset();
    err.reset();
    return Compare.run(
        words.toArray(new String[0]), new PrintStream(out, true), new PrintStream(err, true));
  }

  private String problem() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void set(NodeProcess node, String key, String value) {
    try (TextClient client = node.connect()) {
      client.set(key, value);
    }
  }

  private static NodeProcess peer(int port, int other) {
    return NodeProcess.builder()
        .config(PeeredFile.write("compared", 32, port, other, true))
        .start();
  }

  @Test
  void peers_holdTheSame() {
    int[] ports = FreePorts.next(2);
    try (NodeProcess first = peer(ports[0], ports[1]);
        NodeProcess second = peer(ports[1], ports[0])) {
      for (int i = 0; i < 500; i++) {
        set(i % 2 == 0 ? first : second, "key" + i, "value" + i);
      }
      await()
          .untilAsserted(
              () -> assertThat(compare(first, second)).as(told()).isEqualTo(Compare.SAME));
      assertThat(told())
          .isEqualTo(
              "127.0.0.1:%d: 500 items, 1 peer%n127.0.0.1:%d: 500 items, 1 peer%nno keys differ%n"
                  .formatted(first.port(), second.port()));

      second.kill();
      await()
          .untilAsserted(
              () -> assertThat(compare(first, first)).as(told()).isEqualTo(Compare.DIFFERENT));
      assertThat(told())
          .containsPattern(
              "  peer //127\\.0\\.0\\.1:"
                  + ports[1]
                  + "/memcached \\(\\S+\\) is down; last error: ")
          .endsWith("no keys differ\n");
    }
  }

  @Test
  void nodesWithoutPeers_differ() throws Exception {
    try (NodeProcess first = NodeProcess.builder().start();
        NodeProcess second = NodeProcess.builder().start()) {
      assertThat(compare(first, second)).as("two empty nodes").isEqualTo(Compare.SAME);

      set(first, "lone", "0123456789");
      set(first, "both%20", "x");
      set(second, "both%20", "x");
      assertThat(compare(first, second)).isEqualTo(Compare.DIFFERENT);
      assertThat(told().lines().toList())
          .hasSize(5)
          .startsWith(
              "127.0.0.1:" + first.port() + ": 2 items, 0 peers",
              "127.0.0.1:" + second.port() + ": 1 item, 0 peers",
              "2 keys differ")
          .anyMatch(line -> line.matches("  both%2520: cas \\d+ of \\d+ bytes at .*, cas \\d+ .*"))
          .anyMatch(
              line -> line.matches("  lone: cas \\d+ .*, missing at 127.0.0.1:" + second.port()));

      assertThat(compare("--keys", "1", second, first, second)).isEqualTo(Compare.DIFFERENT);
      assertThat(told())
          .contains("2 keys differ")
          .endsWith("  ... and 1 more; --keys N shows more\n");
    }
  }

  @Test
  void keyOfAnyBytes_isAskedForAgain() throws Exception {
    try (NodeProcess first = NodeProcess.builder().start();
        NodeProcess second = NodeProcess.builder().start();
        TextClient client = first.connect()) {
      client.send("ms YSBiAAo= 1 b\r\nx\r\n"); // a, a blank, b, a zero, a line feed
      assertThat(client.line()).isEqualTo("HD");
      assertThat(compare(first, second)).isEqualTo(Compare.DIFFERENT);
      assertThat(told()).contains("  a%20b%00%0A: cas ");
    }
  }

  @Test
  void nodeWithUsers_asksForTheLogin(@TempDir Path directory) throws Exception {
    String users = UsersFile.of("ann:secret\n").toString();
    Path right = Files.writeString(directory.resolve("right"), "ann:secret\n");
    Path wrong = Files.writeString(directory.resolve("wrong"), "ann:other\n");
    try (NodeProcess node = NodeProcess.builder().arguments("-Y", users).start()) {
      assertThat(compare("--login", right, node, node)).isEqualTo(Compare.SAME);
      assertThat(compare("--login", wrong, node, node)).isEqualTo(Compare.FAILED);
      assertThat(problem())
          .contains("127.0.0.1:" + node.port() + ": refused the user")
          .hasLineCount(1);
      assertThat(compare(node, node)).isEqualTo(Compare.FAILED);
      assertThat(problem()).contains("does not list its keys").hasLineCount(1);
    }
  }

  @Test
  void nodeThatListsNoKeys_isNamed() throws Exception {
    try (NodeProcess node = NodeProcess.builder().arguments("-X").start()) {
      assertThat(compare(node, node)).isEqualTo(Compare.FAILED);
      assertThat(problem())
          .contains("127.0.0.1:" + node.port() + ": does not list its keys: ERROR metadump not")
          .hasLineCount(1);
    }
  }

  @Test
  void bin_hasTheExitStatus(@TempDir Path directory) throws Exception {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder("bin/ehcached", "compare", "127.0.0.1:1")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(Compare.USAGE);
    assertThat(Files.readString(said)).startsWith("ehcached compare: give at least two nodes");
  }
}
