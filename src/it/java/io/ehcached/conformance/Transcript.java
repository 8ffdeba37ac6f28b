package io.ehcached.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sends to a server and is answered, as a file tells it; see {@link ConformanceIT}.
 *
 * @param options what the server is to be started with
 */
record Transcript(List<String> options, List<Exchange> exchanges) {
  private static final String OPTIONS = "# started with: ";
  private static final String TODAY = "# today:";
  private static final String OURS = "# ours:";

  /**
   * One write and the answers to it.
   *
   * @param where the file and the line
   * @param untilAnswered whether to ask again until the answer is as it should be
   * @param today the answers of today's memcached where they are others, or null
   * @param ours the answers of our node where they are others than those of today, or null
   */
  record Exchange(
      String where,
      List<Part> request,
      boolean untilAnswered,
      List<Part> answer,
      List<Part> today,
      List<Part> ours) {
    /** Returns what a server is to answer. */
    List<Part> expected(ServerUnderTest server) {
      if (ours != null && server.isOurs()) {
        return ours;
      }
      return today != null && server.isOfToday() ? today : answer;
    }
  }

  /** Reads a file. */
  static Transcript read(Path file) throws IOException {
    Reader reader = new Reader(file.getFileName().toString());
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      reader.read(line);
    }
    reader.endExchange();
    return new Transcript(reader.options, reader.exchanges);
  }

  private static final class Reader {
    private final String file;
    private final List<String> options = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private int line;
    private int begin;
    private boolean untilAnswered;
    private List<Part> request = new ArrayList<>();
    private List<Part> answer = new ArrayList<>();
    private List<Part> today;
    private List<Part> ours;

    Reader(String file) {
      this.file = file;
    }

    void read(String text) {
      line++;
      if (text.startsWith(OPTIONS)) {
        options.addAll(List.of(text.substring(OPTIONS.length()).split(" ")));
      } else if (text.startsWith("> ")) {
        request(text.substring(2), false);
      } else if (text.startsWith(">~ ")) {
        request(text.substring(3), true);
      } else if (text.startsWith("< ") || text.equals("<")) {
        check(!request.isEmpty() && today == null && ours == null, text);
        answer.addAll(parts(text.substring(Math.min(2, text.length()))));
      } else if (text.startsWith(TODAY)) {
        check(!request.isEmpty(), text);
        today = add(today, text.substring(TODAY.length()));
      } else if (text.startsWith(OURS)) {
        check(!request.isEmpty(), text);
        ours = add(ours, text.substring(OURS.length()));
      } else {
        check(text.isBlank() || text.startsWith("#"), text);
      }
    }

    private void request(String text, boolean again) {
      if (!answer.isEmpty() || today != null || ours != null || again) {
        endExchange();
      }
      if (request.isEmpty()) {
        begin = line;
      }
      untilAnswered |= again;
      request.addAll(parts(text));
    }

    private List<Part> add(List<Part> before, String text) {
      List<Part> all = before == null ? new ArrayList<>() : before;
      if (!text.isBlank()) {
        all.addAll(parts(text.substring(1)));
      }
      return all;
    }

    private List<Part> parts(String text) {
      try {
        return LineParser.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(where(line) + ": " + e.getMessage(), e);
      }
    }

    private void check(boolean holds, String text) {
      if (!holds) {
        throw new IllegalArgumentException(where(line) + ": no line of a transcript: " + text);
      }
    }

    private String where(int number) {
      return file + ":" + number;
    }

    void endExchange() {
      if (!request.isEmpty()) {
        exchanges.add(new Exchange(where(begin), request, untilAnswered, answer, today, ours));
      }
      untilAnswered = false;
      request = new ArrayList<>();
      answer = new ArrayList<>();
      today = null;
      ours = null;
    }
  }
}
