package io.ehcached.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody types at memcached by telnet, and what comes back. Memcached answers in capitals,
 * so that the small letters are the ones typed; behind each storing command there is one more line
 * of them, and behind each {@code VALUE} one that is an answer.
 */
final class TelnetSession {
  private final Terminal terminal;

  TelnetSession(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Plays a session to its end; an answer to a get is awaited, as another node may be asked. */
  void play(List<String> lines) throws IOException {
    try (terminal) {
      await().until(() -> terminal.shown().contains("Escape character"));
      int i = 0;
      while (i < lines.size()) {
        List<String> typed = new ArrayList<>();
        typed.add(lines.get(i++));
        if (typed.get(0).startsWith("set ")) {
          typed.add(lines.get(i++));
        }
        List<String> answer = new ArrayList<>();
        while (i < lines.size() && isAnswer(lines.get(i), answer)) {
          answer.add(lines.get(i++));
        }
        ask(typed, answer);
      }
    }
  }

  private static boolean isAnswer(String line, List<String> before) {
    return Character.isUpperCase(line.charAt(0))
        || (!before.isEmpty() && before.get(before.size() - 1).startsWith("VALUE "));
  }

  private void ask(List<String> typed, List<String> answer) throws IOException {
    boolean repeats = typed.get(0).startsWith("get ");
    type(typed);
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              if (repeats && !ends(answer) && ends(List.of("END"))) {
                type(typed);
              }
              assertThat(shown()).as("answer to %s", typed).endsWith(answer.toArray(String[]::new));
            });
  }

  private void type(List<String> lines) throws IOException {
    for (String line : lines) {
      terminal.type(line);
    }
  }

  private boolean ends(List<String> answer) {
    List<String> shown = shown();
    return shown.size() >= answer.size()
        && shown.subList(shown.size() - answer.size(), shown.size()).equals(answer);
  }

  private List<String> shown() {
    return terminal.shown().lines().map(String::strip).toList();
  }
}
