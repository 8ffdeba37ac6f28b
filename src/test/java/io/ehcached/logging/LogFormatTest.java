package io.ehcached.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormatTest {
  /** What strangers may send: ends of lines, orders to terminals, halves of characters, quotes. */
  private static final List<String> NASTY =
      List.of(
          "plain",
          "\"}{\"level\":\"INFO\"",
          "back\\slash\\",
          "a\r\nINFO forged\u0085\u2028\u2029",
          "\u001b[2J\u0007\u0000\u007f\u009b",
          "right\u202eleft\u2066",
          "ü 漢 😀",
          "half \ud83d",
          "\ude00 half");

  private static LoggingEvent event(String message, Throwable thrown) {
    Logger logger = new LoggerContext().getLogger("io.ehcached.store.Some");
    LoggingEvent event =
        new LoggingEvent("x", logger, Level.WARN, "told: {}", thrown, new Object[] {message});
    event.setThreadName("thread \"1\"");
    return event;
  }

  @Test
  void line_isOneWhateverIsInIt() {
    for (LogFormat format : List.of(new LogText(), new LogJson())) {
      for (String nasty : NASTY) {
        String line = format.line(event(nasty, new IOException(nasty, new Error(nasty))), true);
        assertThat(line.chars())
            .as(nasty)
            .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0))
            .doesNotContain(0x2028, 0x2029, 0x202e, 0x2066);
        assertThat(line).contains("LogFormatTest.java:");
      }
    }
  }

  /** Read by a parser that is not ours. */
  @Test
  void json_isReadBackByAParser(@TempDir Path directory) throws Exception {
    assumeTrue(isThere("python3"), "python3 is not there to parse JSON");
    Path file = directory.resolve("log");
    Files.writeString(
        file,
        NASTY.stream()
            .map(nasty -> new LogJson().line(event(nasty, new IOException(nasty)), true) + "\n")
            .collect(Collectors.joining()),
        UTF_8);

    String script =
        """
        import json, sys
        for line in open(sys.argv[1], encoding='utf-8', newline='\\n'):
            event = json.loads(line)
            assert sorted(event) == ['error', 'level', 'logger', 'message', 'stack', 'thread', 'time']
            assert event['level'] == 'WARN' and event['logger'] == 'store.Some'
            assert event['thread'] == 'thread "1"'
            assert event['error'] == 'java.io.IOException: ' + event['message'][6:]
            print(' '.join('%x' % ord(c) for c in event['message'][6:]))
        """;
    Process python =
        new ProcessBuilder("python3", "-c", script, file.toString())
            .redirectErrorStream(true)
            .start();
    String read = new String(python.getInputStream().readAllBytes(), UTF_8);

    assertThat(python.waitFor()).as(read).isZero();
    assertThat(read.lines())
        .containsExactlyElementsOf(
            NASTY.stream()
                .map(
                    nasty ->
                        nasty
                            .codePoints()
                            .mapToObj(Integer::toHexString)
                            .collect(Collectors.joining(" ")))
                .toList());
  }

  static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    }
  }
}
