package io.ehcached.config;

import java.util.Locale;

/**
 * One line for whoever wrote {@code ehcache.xml}: where, what is wrong, and what to write instead.
 *
 * @param where file, line and element, as far as they are known
 * @param text what is wrong and its mend, in one line
 */
public record Finding(Severity severity, String where, String text) {
  /** How much a finding matters. */
  public enum Severity {
    /** No node can be started. */
    ERROR,
    /** The node runs, but hardly as was meant. */
    WARNING,
    /** The node does something by itself that the file does not say. */
    NOTE
  }

  /** Returns the finding as compilers print theirs: {@code file:line: severity: <element> text}. */
  @Override
  public String toString() {
    int element = where.indexOf('<');
    String severityName = severity.name().toLowerCase(Locale.ROOT);
    return element < 0
        ? where + ": " + severityName + ": " + text
        : where.substring(0, element)
            + severityName
            + ": "
            + where.substring(element)
            + ": "
            + text;
  }
}
