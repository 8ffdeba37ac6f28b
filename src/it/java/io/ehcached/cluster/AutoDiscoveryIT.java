package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.NodeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Amazon's client for ElastiCache in a process of its own, since its classes have the names of
 * spymemcached's. Maven puts its jar where this test looks.
 */
class AutoDiscoveryIT {
  private static final Path JAR = Path.of("target/clients/elasticache-java-cluster-client.jar");
  private static final Path PROGRAM = Path.of("src/it/clients/elasticache/UseElasticache.java");

  private final List<NodeProcess> nodes = new ArrayList<>();
  private Process client;

  @AfterEach
  void stop() {
    if (client != null) {
      client.destroyForcibly();
    }
    nodes.forEach(NodeProcess::close);
  }

  private Set<Integer> ports() {
    Set<Integer> ports = new TreeSet<>();
    nodes.stream().filter(node -> node.process().isAlive()).forEach(node -> ports.add(node.port()));
    return ports;
  }

  /** Reads what the client tells of nodes until it knows those that are there. */
  private void awaitNodes(BufferedReader output) throws IOException {
    String wanted = "nodes " + ports();
    List<String> told = new ArrayList<>();
    for (String line = output.readLine(); !wanted.equals(line); line = output.readLine()) {
      told.add(line);
      assertThat(line).as("until %s: %s", wanted, told).startsWith("nodes ");
    }
  }

  @Test
  @Timeout(120)
  void client_learnsOfNodesAsTheyComeAndGo() throws IOException {
    assumeTrue(Files.exists(JAR), "no " + JAR + ": mvn verify puts it there");
    List<Path> configs = Discovery.MANUAL.configs(3);
    nodes.add(NodeProcess.start(configs.get(0)));
    nodes.add(NodeProcess.start(configs.get(1)));
    client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                JAR.toString(),
                PROGRAM.toString(),
                Integer.toString(nodes.get(0).port()))
            .redirectError(Redirect.DISCARD)
            .start();
    try (BufferedReader output = client.inputReader()) {
      assertThat(output.readLine()).isEqualTo("stored true");
      assertThat(output.readLine()).isEqualTo("read by all");
      awaitNodes(output);

      nodes.add(NodeProcess.start(configs.get(2)));
      awaitNodes(output);

      nodes.get(0).kill(); // the one that the client was told of
      awaitNodes(output);
    }
  }
}
