package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients learn of all nodes from one, as nodes come and go. */
class MembershipIT {
  private final List<NodeProcess> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
  }

  /** What {@code config get cluster} answers. */
  private record Answer(long version, Set<Integer> ports) {
    static Answer of(NodeProcess node) {
      try (TextClient client = node.connect()) {
        String[] header = client.ask("config get cluster").split(" ", -1);
        assertThat(header).hasSize(4).startsWith("CONFIG", "cluster", "0");
        int length = Integer.parseInt(header[3]);
        String text = new String(client.bytes(length), StandardCharsets.US_ASCII);
        assertThat(client.line()).isEmpty();
        assertThat(client.line()).isEqualTo("END");
        String[] lines = text.split("\n", -1);
        assertThat(lines).as(text).hasSize(3);
        assertThat(lines[2]).isEmpty();
        Set<Integer> ports = new TreeSet<>();
        for (String server : lines[1].split(" ", -1)) {
          assertThat(server).matches("127\\.0\\.0\\.1\\|127\\.0\\.0\\.1\\|[0-9]+");
          assertThat(ports.add(Integer.parseInt(server.substring(server.lastIndexOf('|') + 1))))
              .isTrue();
        }
        return new Answer(Long.parseLong(lines[0]), ports);
      }
    }
  }

  private static void eventually(Callable<Boolean> condition) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(condition);
  }

  /** Waits until these nodes tell of each other and of nobody else; returns their answers. */
  private static List<Answer> agreed(NodeProcess... members) {
    Set<Integer> ports = new TreeSet<>();
    for (NodeProcess member : members) {
      ports.add(member.port());
    }
    eventually(
        () -> Arrays.stream(members).allMatch(member -> Answer.of(member).ports().equals(ports)));
    return Arrays.stream(members).map(Answer::of).toList();
  }

  private static long greatest(List<Answer> answers) {
    return answers.stream().map(Answer::version).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** A client that has seen the greatest version must believe whichever node it asks next. */
  private static void expectNewer(List<Answer> answers, List<Answer> before) {
    assertThat(answers).allSatisfy(a -> assertThat(a.version()).isGreaterThan(greatest(before)));
  }

  private NodeProcess start(Path config, String... arguments) {
    NodeProcess node = NodeProcess.start(config, arguments);
    nodes.add(node);
    return node;
  }

  @Test
  void nodesThatComeAndGo_areToldOfByTheOthers() {
    List<Path> configs = Discovery.MANUAL.configs(3);
    NodeProcess first = start(configs.get(0));
    List<Answer> alone = agreed(first);
    NodeProcess second = start(configs.get(1));
    NodeProcess third = start(configs.get(2));
    List<Answer> three = agreed(first, second, third);
    expectNewer(three.subList(0, 1), alone);

    third.terminate();
    List<Answer> two = agreed(first, second);
    expectNewer(two, three);

    NodeProcess again = start(configs.get(2));
    List<Answer> back = agreed(first, second, again);
    expectNewer(back.subList(0, 2), two);

    second.kill();
    expectNewer(agreed(first, again), back.subList(0, 2));
    try (TextClient client = first.connect()) {
      assertThat(client.ask("get AmazonElastiCache:cluster"))
          .startsWith("VALUE AmazonElastiCache:cluster 0 ");
    }
  }

  @Test
  void addressThatIsAdvertised_isToldInThePlaceOfTheOneListenedAt() {
    List<Path> configs = Discovery.AUTOMATIC.configs(2);
    NodeProcess first = start(configs.get(0), "--advertise", "localhost:11999");
    NodeProcess second = start(configs.get(1), "-l", "0.0.0.0");

    String expected = "127.0.0.1|127.0.0.1|%d localhost|127.0.0.1|11999".formatted(second.port());
    for (NodeProcess node : List.of(first, second)) {
      eventually(
          () -> {
            try (TextClient client = node.connect()) {
              client.ask("config get cluster");
              client.rawLine(); // the version
              return client.rawLine().equals(expected);
            }
          });
    }
  }
}
