package io.ehcached.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one line of a transcript. */
final class LineParser {
  private static final Pattern REPETITION = Pattern.compile("(.+)\\*(\\d+)", Pattern.DOTALL);
  private static final Pattern SERIES = Pattern.compile("(\\D+)(\\d+)\\.\\.\\1(\\d+)");
  private static final Pattern SECONDS = Pattern.compile("(in|ago) (\\d+)");
  private static final byte[] LINE_END = {'\r', '\n'};

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int at;

  private LineParser(String text) {
    this.text = text;
  }

  static List<Part> parse(String text) {
    LineParser parser = new LineParser(text);
    boolean lineEnds = parser.parse();
    if (lineEnds) {
      parser.bytes.writeBytes(LINE_END);
    }
    parser.endBytes();
    return parser.parts;
  }

  private boolean parse() {
    boolean lineEnds = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        if (at == text.length()) {
          return false;
        }
        bytes.write(escaped());
      } else if (c == '{') {
        lineEnds = special(text.substring(at, closingBrace()));
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return lineEnds;
  }

  private int escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', '{' -> c;
      case 'x' -> {
        at += 2;
        yield Integer.parseInt(text.substring(at - 2, at), 16);
      }
      default -> throw new IllegalArgumentException("nothing is written \\" + c);
    };
  }

  private int closingBrace() {
    int end = text.indexOf('}', at);
    if (end < 0) {
      throw new IllegalArgumentException("there is no } to a {");
    }
    return end;
  }

  /** Reads what is between braces; returns false where the line's end belongs to it. */
  private boolean special(String inner) {
    at += inner.length() + 1;
    Matcher repetition = REPETITION.matcher(inner);
    Matcher series = SERIES.matcher(inner);
    Matcher seconds = SECONDS.matcher(inner);
    if (inner.equals("closed")) {
      part(new Part.Closed());
      return false;
    }
    if (inner.startsWith("stats")) {
      part(new Part.Stats(List.of(inner.substring("stats".length()).strip().split(" "))));
      return false;
    }
    if (inner.equals("any")) {
      part(new Part.RestOfLine());
    } else if (inner.equals("number")) {
      part(new Part.AnyNumber());
    } else if (inner.startsWith("cas ")) {
      part(new Part.Named(inner));
    } else if (seconds.matches()) {
      int perSecond = seconds.group(1).equals("ago") ? 1 : -1;
      part(new Part.Seconds(Integer.parseInt(seconds.group(2)), perSecond));
    } else if (repetition.matches()) {
      repeat(repetition.group(1), Integer.parseInt(repetition.group(2)));
    } else if (series.matches()) {
      count(series.group(1), Integer.parseInt(series.group(2)), Integer.parseInt(series.group(3)));
    } else {
      throw new IllegalArgumentException("nothing is written {" + inner + "}");
    }
    return true;
  }

  private void repeat(String what, int times) {
    LineParser inner = new LineParser(what);
    inner.parse();
    byte[] once = inner.bytes.toByteArray();
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(once);
    }
  }

  private void count(String name, int first, int last) {
    for (int i = first; i <= last; i++) {
      bytes.writeBytes((name + i + (i < last ? " " : "")).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void part(Part part) {
    endBytes();
    parts.add(part);
  }

  private void endBytes() {
    if (bytes.size() > 0) {
      parts.add(new Part.Bytes(bytes.toByteArray()));
      bytes.reset();
    }
  }
}
