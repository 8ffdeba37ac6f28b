package io.ehcached.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets that a client sends to a server and is answered, as a file tells it; see {@link
 * BinaryConformanceIT}.
 *
 * @param options what the server is to be started with
 */
record BinaryTranscript(List<String> options, List<Exchange> exchanges) {
  private static final String OPTIONS = "# started with: ";
  private static final String TODAY = "# today:";
  private static final String OURS = "# ours:";

  /**
   * One write and the answers to it.
   *
   * @param where the file and the line
   * @param answer the answers, line by line
   * @param ours the answers of our node where they are others, or null
   */
  record Exchange(
      String where, List<BinaryRequest> requests, List<String> answer, List<String> ours) {}

  /** Reads a file. */
  static BinaryTranscript read(Path file) throws IOException {
    List<String> options = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    Exchange exchange = null;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String where = file.getFileName() + ":" + number;
      if (line.startsWith(OPTIONS)) {
        options.addAll(List.of(line.substring(OPTIONS.length()).split(" ")));
      } else if (line.startsWith("> ")) {
        if (exchange == null || !exchange.answer().isEmpty() || !exchange.ours().isEmpty()) {
          exchange = new Exchange(where, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
          exchanges.add(exchange);
        }
        exchange.requests().add(BinaryRequest.parse(line.substring(2)));
      } else if (exchange != null && line.startsWith("< ")) {
        exchange.answer().add(line.substring(2));
      } else if (exchange != null && (line.startsWith(TODAY) || line.startsWith(OURS))) {
        exchange.ours().add(line.substring(line.indexOf(':') + 1).strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException(where + ": no line of a transcript: " + line);
      } else if (line.isBlank()) {
        exchange = null;
      }
    }
    return new BinaryTranscript(options, exchanges);
  }
}
