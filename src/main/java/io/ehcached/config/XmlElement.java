package io.ehcached.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An element of {@code ehcache.xml} that knows where it stands. Text between elements is left. */
final class XmlElement {
  private final String name;
  private final int line;
  private final String source;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();

  /**
   * Makes an element without attributes and children.
   *
   * @param line on which its tag begins, from 1 on
   * @param source the start tag as it is written in the file
   */
  XmlElement(String name, int line, String source) {
    this.name = name;
    this.line = line;
    this.source = source;
  }

  String name() {
    return name;
  }

  int line() {
    return line;
  }

  /** Returns the start tag as it is written in the file. */
  String source() {
    return source;
  }

  /** Returns the line of the first mention of an attribute or property in the start tag. */
  int lineOf(String word) {
    int at = word == null ? -1 : find(word);
    return at < 0
        ? line
        : line + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** Finds a word by itself, else as the beginning or a part of another. */
  private int find(String word) {
    Matcher alone =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w.])").matcher(source);
    return alone.find() ? alone.start() : source.indexOf(word);
  }

  /** Returns the attributes, in the file's order; they can be changed. */
  Map<String, String> attributes() {
    return attributes;
  }

  /** Returns the attribute's value, or null. */
  String attribute(String attribute) {
    return attributes.get(attribute);
  }

  boolean isTrue(String attribute) {
    return "true".equalsIgnoreCase(attributes.get(attribute));
  }

  /** Returns the children, in the file's order; they can be changed. */
  List<XmlElement> children() {
    return children;
  }

  /** Returns the children of one name. */
  List<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /** Returns a copy that shares nothing with this element and stands in the same place. */
  XmlElement copy() {
    XmlElement copy = copyWithoutChildren();
    for (XmlElement child : children) {
      copy.children.add(child.copy());
    }
    return copy;
  }

  XmlElement copyWithoutChildren() {
    XmlElement copy = new XmlElement(name, line, source);
    copy.attributes.putAll(attributes);
    return copy;
  }

  /** Returns the element as messages name it: its tag, with its name if it has one. */
  @Override
  public String toString() {
    String own = attributes.get("name");
    return own == null ? "<" + name + ">" : "<" + name + " name=\"" + own + "\">";
  }
}
