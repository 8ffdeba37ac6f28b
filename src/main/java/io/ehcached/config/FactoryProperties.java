package io.ehcached.config;

import io.ehcached.spelling.SpellingSuggestion;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code properties} attribute of a factory: names and values, separated by commas unless
 * {@code propertySeparator} says otherwise. Ehcache checks little of it; what it would take wrongly
 * or only refuse with a stack trace becomes a finding.
 */
final class FactoryProperties {
  private static final int MAX_PORT = 65535;

  private final XmlElement factory;
  private final Findings findings;
  private final Map<String, String> values = new LinkedHashMap<>();

  private FactoryProperties(XmlElement factory, Findings findings) {
    this.factory = factory;
    this.findings = findings;
  }

  /** Reads a factory's properties as Ehcache does. */
  static FactoryProperties of(XmlElement factory, Findings findings) {
    FactoryProperties properties = new FactoryProperties(factory, findings);
    String text = factory.attribute("properties");
    String separator = factory.attribute("propertySeparator");
    try {
      Pattern between = Pattern.compile(separator == null ? "," : separator);
      for (String part : between.splitAsStream(text == null ? "" : text).toList()) {
        Properties one = new Properties();
        one.load(new StringReader(part.trim()));
        one.forEach((name, value) -> properties.values.put((String) name, ((String) value).trim()));
      }
    } catch (IOException | IllegalArgumentException e) {
      findings.error(
          factory,
          "propertySeparator",
          "its properties cannot be read: "
              + e.getMessage().lines().findFirst().orElse("")
              + "; leave propertySeparator out, and write commas between properties");
    }
    return properties;
  }

  XmlElement factory() {
    return factory;
  }

  /** Returns the property's value, or null when it is missing or empty. */
  String get(String name) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Tells whether the property was read and found to be wrong. */
  boolean isWrong(String name) {
    return findings.hasError(factory, name);
  }

  /** Returns those that are neither missing nor empty. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.values().removeIf(String::isEmpty);
    return all;
  }

  /** Returns these as an element's, with those of others that are missing or empty here. */
  FactoryProperties or(FactoryProperties others, XmlElement element) {
    FactoryProperties both = new FactoryProperties(element, findings);
    both.values.putAll(values);
    others.values.forEach(
        (name, value) -> {
          if (get(name) == null) {
            both.put(name, value);
          }
        });
    return both;
  }

  void put(String name, String value) {
    values.put(name, value);
  }

  void remove(String name) {
    values.remove(name);
  }

  Set<String> names() {
    return values.keySet();
  }

  /** Returns a truth; Ehcache takes all but {@code true} for false. */
  boolean truth(String name, boolean missing) {
    String value = get(name);
    if (isNeither(value)) {
      findings.warning(
          factory,
          name,
          name + "=" + value + " counts as false; write true or false" + mend(value));
    }
    return value == null ? missing : value.equalsIgnoreCase("true");
  }

  /**
   * Returns a truth on which too much hangs to guess at it. Ehcache would take all but {@code true}
   * for false.
   */
  boolean certainTruth(String name, boolean missing) {
    String value = get(name);
    if (isNeither(value)) {
      findings.error(
          factory, name, name + "=" + value + " is wrong; write true or false" + mend(value));
    }
    return value == null ? missing : value.equalsIgnoreCase("true");
  }

  private static boolean isNeither(String value) {
    return value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false");
  }

  private static String mend(String value) {
    return value.contains("=") ? ", and a comma between properties" : "";
  }

  /** Returns a number within a range; a wrong one is an error, as to Ehcache. */
  int number(String name, int missing, int least, int greatest) {
    return number(name, missing, least, greatest, true);
  }

  /** Returns a number within a range; in the place of a wrong one, Ehcache takes its default. */
  int lenientNumber(String name, int missing, int least, int greatest) {
    return number(name, missing, least, greatest, false);
  }

  private int number(String name, int missing, int least, int greatest, boolean strict) {
    String value = get(name);
    if (value == null) {
      return missing;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the same finding
    }
    String range =
        greatest == Integer.MAX_VALUE
            ? " of " + least + " or more"
            : " from " + least + " to " + greatest;
    String mend = "write a number" + range + mend(value);
    if (strict) {
      findings.error(factory, name, name + "=" + value + " is wrong; " + mend);
    } else {
      findings.warning(factory, name, name + "=" + value + " counts as " + missing + "; " + mend);
    }
    return missing;
  }

  /** Returns a port; 0 is any free one. */
  int port(String name) {
    return number(name, 0, 0, MAX_PORT);
  }

  /** Warns of properties that nothing reads. */
  void warnOfUnknown(Set<String> known) {
    for (String name : values.keySet()) {
      if (known.contains(name)) {
        continue;
      }
      String nearest = SpellingSuggestion.to(name, known);
      findings.warning(
          factory,
          name,
          "the property "
              + name
              + " is not known and does nothing; "
              + (nearest == null
                  ? "known are " + String.join(", ", List.copyOf(known).stream().sorted().toList())
                  : "write " + nearest));
    }
  }
}
