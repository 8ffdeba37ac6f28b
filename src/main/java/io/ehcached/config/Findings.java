package io.ehcached.config;

import io.ehcached.config.Finding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is found in one file, each line of it once. */
final class Findings {
  private final Path file;
  private final List<Finding> list = new ArrayList<>();
  private final Set<Wrong> wrong = new HashSet<>();

  /** An attribute or a property that has an error, in a start tag of the file. */
  private record Wrong(int line, String tag, String word) {}

  Findings(Path file) {
    this.file = file;
  }

  /** Adds a finding about the file as a whole. */
  void error(String text) {
    add(new Finding(Severity.ERROR, file.toString(), text));
  }

  void error(int line, String text) {
    add(new Finding(Severity.ERROR, file + ":" + line, text));
  }

  /** Adds a finding about an element; {@code word} is an attribute or a property in it. */
  void error(XmlElement element, String word, String text) {
    add(Severity.ERROR, element, word, text);
    wrong.add(wrong(element, word));
  }

  void warning(XmlElement element, String word, String text) {
    add(Severity.WARNING, element, word, text);
  }

  void note(XmlElement element, String word, String text) {
    add(Severity.NOTE, element, word, text);
  }

  private void add(Severity severity, XmlElement element, String word, String text) {
    add(new Finding(severity, file + ":" + element.lineOf(word) + ": " + element, text));
  }

  private void add(Finding finding) {
    if (!list.contains(finding)) {
      list.add(finding);
    }
  }

  Path file() {
    return file;
  }

  /** Takes over the errors of others. */
  void addErrors(Findings others) {
    others.list.stream().filter(finding -> finding.severity() == Severity.ERROR).forEach(this::add);
  }

  private static Wrong wrong(XmlElement element, String word) {
    return new Wrong(element.line(), element.source(), word);
  }

  /** Tells whether an attribute or a property has an error, from which no other follows. */
  boolean hasError(XmlElement element, String word) {
    return wrong.contains(wrong(element, word));
  }

  boolean hasErrors() {
    return list.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Returns the findings, what matters most first. */
  List<Finding> all() {
    return list.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }
}
