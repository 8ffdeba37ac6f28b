package io.ehcached.json;

import java.util.Collection;
import java.util.Map;

/** A writer of JSON: of maps, collections, numbers, booleans, null and strings. */
public final class Json {
  private Json() {}

  /** Returns the text of a value, indented, with a line end behind it. */
  public static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "\n");
    return out.append('\n').toString();
  }

  private static void write(Object value, StringBuilder out, String lineEnd) {
    String inner = lineEnd + "  ";
    if (value instanceof Map<?, ?> map) {
      String before = inner;
      out.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before);
        string(out, entry.getKey().toString());
        out.append(": ");
        write(entry.getValue(), out, inner);
        before = "," + inner;
      }
      out.append(map.isEmpty() ? "" : lineEnd).append('}');
    } else if (value instanceof Collection<?> all) {
      String before = inner;
      out.append('[');
      for (Object one : all) {
        out.append(before);
        write(one, out, inner);
        before = "," + inner;
      }
      out.append(all.isEmpty() ? "" : lineEnd).append(']');
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      string(out, value.toString());
    }
  }

  /** Appends a string, in quotes. What is not {@linkplain #isPrintable printable} is escaped. */
  public static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (isPrintable(c) && !isAlone(text, i)) {
        out.append(c);
      } else {
        out.append(escaped(c));
      }
    }
    out.append('"');
  }

  /** Tells whether a surrogate lacks its other half, so that UTF-8 cannot encode it. */
  private static boolean isAlone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /**
   * Tells whether a character needs no escape. Characters that a terminal or a reader of lines
   * would obey need one, and those that make text look other than it is.
   */
  public static boolean isPrintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** Returns the escape of a character: a backslash, {@code u} and four hexadecimal digits. */
  public static String escaped(char c) {
    return String.format("\\u%04x", (int) c);
  }
}
