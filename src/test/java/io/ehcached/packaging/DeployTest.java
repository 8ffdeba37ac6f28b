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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests in {@code deploy/}, as far as they are ehcached's to understand. */
class DeployTest {
  private static final Path MANIFESTS = Path.of("deploy/kubernetes.yaml");
  private static final Path COMPOSE = Path.of("deploy/docker-compose.yml");

  @TempDir Path directory;

  @Test
  void ehcacheXml_isWhatANodeTakes_andItsPortsAreThePods() throws IOException {
    String manifests = Files.readString(MANIFESTS);
    NodeConfiguration node = read(block(manifests, "  ehcache.xml: |\n", "    "));

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

  /** Reads a file as a node would, in a pod whose address is this machine's. */
  private NodeConfiguration read(String xml) throws IOException {
    Path file = directory.resolve("ehcache.xml");
    Files.writeString(file, xml.replace("${pod.address}", "127.0.0.1"));
    return NodeConfiguration.read(file, null, 0);
  }

  @Test
  void listOfPeers_isTheHeadlessServiceAlone() throws IOException {
    String manifests = Files.readString(MANIFESTS);

    assertThat(all("rmiUrls=(\\S+)\"", manifests))
        .containsExactly("//ehcached-nodes:4567/memcached");
    assertThat(all("serviceName: (\\S+)", manifests)).containsExactly("ehcached-nodes");
    assertThat(all("(?s)name: ehcached-nodes\n(?:(?!---).)*?(clusterIP: None)\n", manifests))
        .hasSize(1);
    assertThat(manifests).contains("publishNotReadyAddresses: true\n");
    assertThat(all("path: (/\\w+)\n", manifests)).containsExactly("/readyz", "/healthz");
  }

  @Test
  void compose_startsNodesThatFindEachOtherByTheNameOfTheirService() throws Exception {
    String compose = Files.readString(COMPOSE);
    NodeConfiguration node = read(block(compose, "    content: |\n", "      "));
    ServerOptions options =
        OptionsParser.parse(Map.of(), all("(?m)^ +- (--.*)$", compose).toArray(String[]::new));
    String version = all("<version>(.*)</version>", Files.readString(Path.of("pom.xml"))).get(0);

    assertThat(node.isUsable()).isTrue();
    assertThat(node.findings())
        .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
        .isEmpty();
    assertThat(node.peers().discovery().listed()).hasToString("[//ehcached:4567/memcached]");
    assertThat(compose).contains("\nservices:\n  ehcached:\n    image: ehcached:");
    assertThat(all("image: (\\S+)", compose)).containsExactly("ehcached:" + version);
    assertThat(options.node().requirePeerAuth()).isTrue();
    assertThat(all("--admin-port=(\\d+)", compose))
        .containsExactlyElementsOf(all("/dev/tcp/127.0.0.1/(\\d+)", compose));
    assertThat(Integer.parseInt(all("stop_grace_period: (\\d+)s", compose).get(0)))
        .isGreaterThan(options.node().drainSeconds());
    assertThat(all("replicas: (\\d+)", compose)).containsExactly("3");
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
  private static String block(String text, String head, String indent) {
    StringBuilder block = new StringBuilder();
    for (String line : text.substring(text.indexOf(head) + head.length()).lines().toList()) {
      if (!line.startsWith(indent)) {
        break;
      }
      block.append(line.substring(indent.length())).append('\n');
    }
    return block.toString();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(r -> r.group(1)).toList();
  }
}
