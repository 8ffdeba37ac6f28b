package io.ehcached.monitor;

import java.util.Collection;
import java.util.Map;

/** Writes JSON (RFC 8259), of maps, collections, numbers, booleans, null and strings. */
final class Json {
  private static final char FIRST_PLAIN = ' ';

  private Json() {}

  /** Returns it, with a line end at the end. */
  static String of(Object value) {
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
        string(entry.getKey().toString(), out);
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
      string(value.toString(), out);
    }
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < FIRST_PLAIN || Character.isSurrogate(c) || c == 0x7f) {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
