package io.ehcached.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) as maps, lists, strings, doubles, booleans and null, and nothing else. */
public final class JsonText {
  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** Returns what the text says; fails where it is not JSON. */
  public static Object read(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("more behind the end");
    }
    return value;
  }

  /** Returns what the text says where that is an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String text) {
    return (Map<String, Object>) read(text);
  }

  private AssertionError wrong(String what) {
    return new AssertionError(what + " at " + at + " of: " + text);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(String word) {
    blanks();
    if (text.startsWith(word, at)) {
      at += word.length();
      return true;
    }
    return false;
  }

  private void need(String word) {
    if (!take(word)) {
      throw wrong("no " + word);
    }
  }

  private Object value() {
    if (take("{")) {
      return members();
    } else if (take("[")) {
      return elements();
    } else if (take("\"")) {
      return string();
    } else if (take("true")) {
      return true;
    } else if (take("false")) {
      return false;
    } else if (take("null")) {
      return null;
    }
    return number();
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    if (take("}")) {
      return members;
    }
    do {
      need("\"");
      String name = string();
      need(":");
      if (members.containsKey(name)) {
        throw wrong("a second " + name);
      }
      members.put(name, value());
    } while (take(","));
    need("}");
    return members;
  }

  private List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    if (take("]")) {
      return elements;
    }
    do {
      elements.add(value());
    } while (take(","));
    need("]");
    return elements;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong("a control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain < 0) {
      throw wrong("an unknown escape");
    }
    return "\"\\/\b\f\n\r\t".charAt(plain);
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    if (!number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw wrong("no value");
    }
    return Double.valueOf(number);
  }
}
