package io.ehcached.config;

import io.ehcached.spelling.SpellingSuggestion;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.ehcache.CacheException;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.config.ConfigurationFactory;
import net.sf.ehcache.config.FactoryConfiguration;

/**
 * Has Ehcache itself parse the elements. Ehcache stops at the first thing that it refuses; here
 * that becomes a finding, is taken out, and the rest is parsed again, so that all are found in one
 * go. What is parsed is written out anew, one tag to a line, which tells what a line in Ehcache's
 * message is about.
 */
final class EhcacheParser {
  private static final int MAX_REFUSALS = 100;
  private static final Pattern MESSAGE = Pattern.compile("(?s).*?\\w+:(\\d+): (.*)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?s)Could not set attribute \"(.*?)\"(.*)");
  private static final Pattern UNKNOWN =
      Pattern.compile("(?s)Element <.*> does not allow attribute \"(.*?)\".*");
  private static final Pattern NESTED =
      Pattern.compile("(?s)Element <(.*)> does not allow nested .*");
  private static final Pattern CAUSE =
      Pattern.compile("(?s).*?(?:Message was: | - )(?:[\\w.$]+(?:Exception|Error): )?(.*)");

  private final XmlElement root;
  private final Findings findings;
  private final StringBuilder text = new StringBuilder();
  private final List<XmlElement> lines = new ArrayList<>();

  private EhcacheParser(XmlElement root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  /** Returns what Ehcache reads from the elements, without the parts that it refuses. */
  static Configuration parse(XmlElement root, Findings findings) {
    XmlElement rest = root.copy();
    for (int i = 0; i < MAX_REFUSALS; i++) {
      Configuration configuration = new EhcacheParser(rest, findings).attempt();
      if (configuration != null) {
        return configuration;
      }
    }
    return new Configuration();
  }

  private Configuration attempt() {
    write(root);
    try {
      return ConfigurationFactory.parseConfiguration(
          new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (CacheException e) {
      refused(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
      return null;
    }
  }

  private void refused(String message) {
    Matcher parts = MESSAGE.matcher(message == null ? "" : message);
    int line = parts.matches() ? Integer.parseInt(parts.group(1)) : 1;
    if (!parts.matches() || line > lines.size()) {
      findings.error(root, null, "is refused by Ehcache: " + message);
      root.children().clear();
      root.attributes().clear();
      return;
    }
    refused(lines.get(line - 1), parts.group(2));
  }

  private void refused(XmlElement element, String reason) {
    Matcher unknown = UNKNOWN.matcher(reason);
    Matcher attribute = ATTRIBUTE.matcher(reason);
    if (unknown.matches()) {
      String name = unknown.group(1);
      findings.error(element, name, "does not allow the attribute " + name + mend(name, element));
      element.attributes().remove(name);
    } else if (attribute.matches()) {
      String name = attribute.group(1);
      String value = element.attributes().remove(name);
      findings.error(
          element,
          name,
          name + "=\"" + value + "\" is refused: " + cause(attribute.group(2)) + mend(name));
    } else {
      findings.error(element, null, nested(element, reason));
      remove(root, element);
    }
  }

  private static String nested(XmlElement element, String reason) {
    if (element.name().equals("cache") && element.attribute("name") == null) {
      return "has no name; write name=\"...\"";
    }
    Matcher misplaced = NESTED.matcher(reason);
    if (misplaced.matches()) {
      String parent = misplaced.group(1);
      Class<?> bean = bean(parent);
      Set<String> known = names(bean, "add");
      String nearest = SpellingSuggestion.to(element.name(), known);
      return "does not belong in <"
          + parent
          + ">; "
          + (nearest == null
              ? "known there are " + String.join(", ", known)
              : "write <" + nearest + ">");
    }
    return "is refused: " + cause(reason) + "; take it out";
  }

  /** Returns what to write for an attribute whose value is none, where Ehcache does not say it. */
  private static String mend(String attribute) {
    if (attribute.contains("Bytes")) {
      return "; write a size such as " + attribute + "=\"64m\"";
    }
    boolean number = attribute.matches("(max|time|disk).*(Seconds|Heap|Disk|Memory|Cache|MB)");
    return number ? "; write a number such as " + attribute + "=\"1000\"" : "";
  }

  private static String cause(String reason) {
    Matcher cause = CAUSE.matcher(reason);
    String text = cause.matches() ? cause.group(1) : reason;
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return text.startsWith("For input string") ? "not a number" : bare;
  }

  private String mend(String attribute, XmlElement element) {
    String nearest = SpellingSuggestion.to(attribute, names(bean(element.name()), "set"));
    return nearest == null ? "; take it out" : "; write " + nearest;
  }

  private static Class<?> bean(String element) {
    return switch (element) {
      case "ehcache" -> Configuration.class;
      case "cache", "defaultCache" -> CacheConfiguration.class;
      default -> element.endsWith("Factory") ? FactoryConfiguration.class : Object.class;
    };
  }

  private static Set<String> names(Class<?> bean, String prefix) {
    Set<String> names = new TreeSet<>();
    for (Method method : bean.getMethods()) {
      String name = method.getName();
      if (name.startsWith(prefix)
          && method.getParameterCount() == 1
          && name.length() > prefix.length()
          && !name.endsWith("Listener")) {
        String bare = name.substring(prefix.length());
        names.add(bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1));
      }
    }
    return names;
  }

  private static void remove(XmlElement parent, XmlElement gone) {
    parent.children().removeIf(child -> child == gone);
    parent.children().forEach(child -> remove(child, gone));
  }

  private void write(XmlElement element) {
    text.append('<').append(element.name());
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      text.append(' ')
          .append(attribute.getKey())
          .append("=\"")
          .append(escape(attribute.getValue()))
          .append('"');
    }
    text.append(">\n");
    lines.add(element);
    element.children().forEach(this::write);
    text.append("</").append(element.name()).append(">\n");
    lines.add(element);
  }

  private static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("\t", "&#9;")
        .replace("\n", "&#10;")
        .replace("\r", "&#13;");
  }
}
