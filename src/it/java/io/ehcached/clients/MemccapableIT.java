package io.ehcached.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.ehcached.support.NodeProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Libmemcached's own test of servers, {@code memccapable}. */
class MemccapableIT {
  private static final Pattern TEST =
      Pattern.compile("((?:ascii|binary) \\w+(?: \\w+)*)(?: *(\\[pass]))?");

  private static NodeProcess node;

  @BeforeAll
  static void start() {
    node = NodeProcess.startAlone();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** Runs it, and returns the tests that fail. */
  private static List<String> failures(String protocol, int tests) throws IOException {
    List<String> command =
        List.of(
            "memccapable",
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(node.port()),
            "-t", // seconds for an answer
            "60",
            protocol);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      return abort(
          "memccapable is not installed (apt-get install libmemcached-tools): " + e.getMessage());
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // A test that fails has nothing behind its name here: that goes to the standard error.
    List<String> all = TEST.matcher(output).results().map(test -> test.group(1)).toList();
    assertThat(all).as(output).hasSize(tests);
    return TEST.matcher(output)
        .results()
        .filter(test -> test.group(2) == null)
        .map(test -> test.group(1))
        .toList();
  }

  @Test
  void binaryProtocol() throws IOException {
    assertThat(failures("-b", 27)).isEmpty();
  }

  /** Both that fail want an error for {@code delete key 0}, which memcached gives no more. */
  @Test
  void textProtocol() throws IOException {
    assertThat(failures("-a", 27)).containsExactly("ascii delete", "ascii delete noreply");
  }
}
