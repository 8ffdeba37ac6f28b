package io.ehcached.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.config.Finding;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests in {@code deploy/}, as far as they are ehcached's to understand. */
class DeployTest {
  private static final Path MANIFESTS = Path.of("deploy/kubernetes.yaml");

  @TempDir Path directory;

  @Test
  void ehcacheXml_isWhatANodeTakes_andItsPortsAreThePods() throws IOException {
    String manifests = Files.readString(MANIFESTS);
    Path file = directory.resolve("ehcache.xml");
    Files.writeString(
        file,
        block(manifests, "  ehcache.xml: |\n")
            .replace("${pod.host}", "localhost")
            .replaceAll("ehcached-\\d\\.ehcached-nodes", "localhost"));

    NodeConfiguration node = NodeConfiguration.read(file, null, 0);

    assertThat(node.findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
        .isEmpty();
    assertThat(node.isUsable()).isTrue();
    assertThat(all("containerPort: (\\d+)", manifests))
        .containsExactly(
            "11211",
            Integer.toString(node.peers().listener().port()),
            Integer.toString(node.peers().listener().remoteObjectPort()),
            all("--admin-port=(\\d+)", manifests).get(0));
  }

  @Test
  void listOfPeers_namesEveryPod() throws IOException {
    String manifests = Files.readString(MANIFESTS);
    int replicas = Integer.parseInt(all("replicas: (\\d+)", manifests).get(0));

    assertThat(all("//(ehcached-\\d+\\.[\\w-]+):4567/memcached", manifests))
        .containsExactlyElementsOf(
            IntStream.range(0, replicas)
                .mapToObj(i -> "ehcached-" + i + ".ehcached-nodes")
                .toList());
    assertThat(all("serviceName: (\\S+)", manifests)).containsExactly("ehcached-nodes");
  }

  @Test
  void arguments_areOptionsThatThereAre_andTheDrainFitsIntoTheGracePeriod() throws Exception {
    String manifests = Files.readString(MANIFESTS);
    List<String> arguments =
        all("(?m)^ +- (--.*)$", manifests).stream()
            .map(one -> one.replace("$(POD_NAME)", "ehcached-0"))
            .toList();

    ServerOptions options = OptionsParser.parse(Map.of(), arguments.toArray(String[]::new));

    assertThat(options.node().requirePeerAuth()).isTrue();
    assertThat(options.node().peerSecret()).isPresent();
    assertThat(Integer.parseInt(all("terminationGracePeriodSeconds: (\\d+)", manifests).get(0)))
        .isGreaterThan(
            options.node().drainSeconds()
                + Integer.parseInt(all("\"sleep\", \"(\\d+)\"", manifests).get(0)));
    assertThat(manifests).contains("mountPath: /run/secrets/ehcached\n");
  }

  @Test
  void image_isOfThisVersion() throws IOException {
    String version = all("<version>(.*)</version>", Files.readString(Path.of("pom.xml"))).get(0);

    assertThat(all("image: (\\S+)", Files.readString(MANIFESTS)))
        .containsExactly("ehcached:" + version);
  }

  /** Returns the lines of a block, without what they are indented by. */
  private static String block(String text, String head) {
    StringBuilder block = new StringBuilder();
    for (String line : text.substring(text.indexOf(head) + head.length()).lines().toList()) {
      if (!line.startsWith("    ")) {
        break;
      }
      block.append(line.substring(4)).append('\n');
    }
    return block.toString();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(r -> r.group(1)).toList();
  }
}
