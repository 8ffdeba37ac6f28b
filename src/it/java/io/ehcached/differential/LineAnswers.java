package io.ehcached.differential;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads the answers of the text and the meta protocol, and writes each down as it is to be
 * compared: cas uniques by their names, and times to live so that a second more or less does not
 * show.
 */
final class LineAnswers {
  static final String CLOSED = "closed";
  private static final int ROUGHLY = 10;

  /** What memcached makes of a time that is less than nothing. */
  private static final long BELOW_ZERO = 1L << 31;

  private final Names names;
  private final DataInputStream in;

  LineAnswers(Names names, DataInputStream in) {
    this.names = names;
    this.in = in;
  }

  /** Returns the answers before a line, or {@link #CLOSED} behind them where it does not come. */
  List<String> until(String last) throws IOException {
    List<String> answers = new ArrayList<>();
    while (true) {
      String line = line();
      if (line == null) {
        answers.add(CLOSED);
        return answers;
      }
      if (line.equals(last)) {
        return answers;
      }
      answers.add(answer(line));
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      while (true) {
        int b = in.read();
        if (b < 0) {
          return line.isEmpty() ? null : line + " (cut off)";
        }
        if (b == '\n') {
          int end = line.length() - 1;
          return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line + "(no CR)";
        }
        line.append((char) b);
      }
    } catch (SocketException e) {
      return null; // closed by a server that had not read all
    }
  }

  private String answer(String line) throws IOException {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "VALUE" -> textValue(words);
      case "VA" -> flags(words, 2) + " = " + block(words[1]);
      case "HD", "EN", "NS", "EX", "NF" -> flags(words, 1);
      case "ME" -> debug(words);
      case "VERSION" -> "VERSION";
      default -> line;
    };
  }

  private String textValue(String[] words) throws IOException {
    String block = block(words[3]);
    if (words.length > 4) {
      words[4] = names.of(words[4]);
    }
    return String.join(" ", words) + " = " + block;
  }

  private String block(String length) throws IOException {
    byte[] block = new byte[Integer.parseInt(length) + 2];
    try {
      in.readFully(block);
    } catch (EOFException e) {
      return "(cut off)";
    }
    return Script.shown(new String(block, StandardCharsets.ISO_8859_1));
  }

  private String flags(String[] words, int first) {
    boolean base64 = List.of(words).contains("b");
    StringBuilder answer = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      String token = word.isEmpty() ? "" : word.substring(1);
      String shown = word;
      if (i >= first && !word.isEmpty()) {
        shown =
            switch (word.charAt(0)) {
              case 'c' -> "c" + names.of(token);
              case 't' -> "t" + roughly(Long.parseLong(token));
              case 'l' -> "l";
              case 'k' -> "k" + (base64 ? decoded(token) : token);
              case 'b' -> ""; // whether the key comes back in base64 is told apart by nobody
              default -> word;
            };
      }
      answer.append(shown.isEmpty() ? "" : " ").append(shown);
    }
    return answer.toString();
  }

  private static String decoded(String key) {
    return new String(Base64.getDecoder().decode(key), StandardCharsets.ISO_8859_1);
  }

  private static String roughly(long seconds) {
    if (seconds >= BELOW_ZERO) {
      return "0";
    }
    return seconds <= 0
        ? Long.toString(seconds)
        : Long.toString((seconds + ROUGHLY - 1) / ROUGHLY * ROUGHLY);
  }

  private String debug(String[] words) {
    StringBuilder answer = new StringBuilder("ME ").append(words[1]);
    for (int i = 2; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      answer.append(
          switch (parts[0]) {
            case "exp" -> " exp=" + (parts[1].equals("-1") ? "-1" : "some"); // 1.6.18: its sign
            case "cas" -> " cas=" + names.of(parts[1]);
            case "la", "cls", "size" -> " " + parts[0];
            default -> " " + words[i];
          });
    }
    return answer.toString();
  }
}
