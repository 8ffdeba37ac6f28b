package io.ehcached.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went through the peer's sockets, both ways, as Linux counts it (the command {@code ss}): the
 * bytes of the TCP streams, without TCP's and IP's own headers.
 */
final class WireBytes {
  private static final Pattern COUNT = Pattern.compile("bytes_(?:received|acked):(\\d+)");

  private final String filter;
  private final Map<String, Long> bySocket = new HashMap<>();

  WireBytes(int[] ports) {
    filter = "( sport = :%d or sport = :%d )".formatted(ports[0], ports[1]);
  }

  /**
   * Returns the bytes so far, of connections that were there when it was asked; -1: no one knows.
   */
  long sum() {
    try {
      Process ss = new ProcessBuilder("ss", "-tinOH", "state", "established", filter).start();
      try (BufferedReader lines = ss.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          long bytes =
              COUNT.matcher(line).results().mapToLong(m -> Long.parseLong(m.group(1))).sum();
          bySocket.merge(socket(line), bytes, Math::max);
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return bySocket.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String socket(String line) {
    Matcher both = Pattern.compile("\\S+:\\d+\\s+\\S+:\\d+").matcher(line);
    return both.find() ? both.group() : line;
  }
}
