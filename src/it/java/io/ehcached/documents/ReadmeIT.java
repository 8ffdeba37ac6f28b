package io.ehcached.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Document;
import io.ehcached.support.Document.Block;
import io.ehcached.support.Hosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's commands, run as they stand and in their order, from an installation of their own on a
 * machine where nobody else has the ports.
 */
class ReadmeIT {
  @TempDir Path home;
  private final List<Terminal> terminals = new ArrayList<>();

  @AfterEach
  void close() {
    terminals.forEach(Terminal::close);
  }

  @Test
  void commands_doWhatReadmeShows() throws IOException {
    install();
    try (Hosts hosts = Hosts.start(1)) {
      int shown = 0;
      for (Block block : Document.of("README.md").blocks()) {
        if (block.language().equals("sh")) {
          start(hosts, block);
        } else if (block.language().equals("console")) {
          play(hosts, block);
          shown++;
        }
      }
      assertThat(terminals).as("nodes started").hasSize(2);
      assertThat(shown).isGreaterThan(3);
      close(); // before the machine that they run on
    }
  }

  /** Starts what stands in a block, in a terminal of its own: a command that ends, or a node. */
  private void start(Hosts hosts, Block block) throws IOException {
    Terminal terminal = Terminal.start(hosts, home, "bash", "-c", block.text());
    terminals.add(terminal);
    await().until(() -> !terminal.isAlive() || terminal.shown().contains(" listens on "));
    assertThat(terminal.shown()).as(block.text()).contains(" listens on ");
  }

  /** Types what stands behind each {@code $}, and looks for what stands beneath it. */
  private void play(Hosts hosts, Block block) throws IOException {
    List<String> lines = block.lines();
    for (int i = 0; i < lines.size(); ) {
      assertThat(lines.get(i)).as(block.place()).startsWith("$ ");
      String command = lines.get(i).substring(2);
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).startsWith("$ ")) {
        end++;
      }
      List<String> rest = lines.subList(i + 1, end);
      // What is shown may have to travel from one node to the other first.
      await()
          .untilAsserted(
              () ->
                  assertThat(Terminal.run(hosts, home, command))
                      .as(command)
                      .containsExactlyElementsOf(rest));
      i = end;
    }
  }

  private void install() throws IOException {
    for (String file : List.of("bin/ehcached", "config/ehcache.xml", "target/ehcached.jar")) {
      Path to = home.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(file), to);
    }
  }
}
