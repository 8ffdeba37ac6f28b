package io.ehcached.config;

import io.ehcached.spelling.SpellingSuggestion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which region of a file is served: the one asked for, else the only one there is, else the one
 * named {@value #USUAL_NAME}.
 */
final class RegionChoice {
  static final String USUAL_NAME = "memcached";
  static final String EXAMPLE = "<cache name=\"memcached\" maxBytesLocalHeap=\"256m\"/>";

  private RegionChoice() {}

  /**
   * Returns the region's element, or null when there is none to choose: then the findings say why.
   *
   * @param wanted the name asked for, or null
   */
  static XmlElement choose(XmlElement root, String wanted, Findings findings) {
    List<XmlElement> regions =
        root.children("cache").stream().filter(region -> region.attribute("name") != null).toList();
    if (wanted == null && regions.stream().map(r -> r.attribute("name")).distinct().count() == 1) {
      return regions.get(0); // of two with one name, which is an error, the first
    }
    String name = wanted == null ? USUAL_NAME : wanted;
    for (XmlElement region : regions) {
      if (region.attribute("name").equals(name)) {
        return region;
      }
    }
    if (!regions.isEmpty()) {
      findings.error(root, null, wanted == null ? ambiguous(regions) : missing(wanted, regions));
    } else if (root.children("defaultCache").isEmpty()) {
      findings.error(root, null, "defines no region to serve; write " + EXAMPLE + " in it");
    } else {
      findings.error(
          root.children("defaultCache").get(0),
          null,
          "is only a pattern for regions that a program makes; name the region to serve: <cache name=\""
              + name
              + "\" .../> with the same attributes");
    }
    return null;
  }

  private static String ambiguous(List<XmlElement> regions) {
    return "defines the regions "
        + names(regions)
        + "; say which is served with --region NAME, or name it "
        + USUAL_NAME;
  }

  private static String missing(String wanted, List<XmlElement> regions) {
    String nearest =
        SpellingSuggestion.to(wanted, regions.stream().map(r -> r.attribute("name")).toList());
    return "defines no region "
        + wanted
        + ", only "
        + names(regions)
        + "; write --region "
        + asWord(nearest == null ? regions.get(0).attribute("name") : nearest)
        + ", or <cache name=\""
        + wanted
        + "\" .../> in the file";
  }

  /** Returns the name as a shell takes it for one word. */
  private static String asWord(String name) {
    return name.matches("[\\w.:/-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  private static String names(List<XmlElement> regions) {
    return regions.stream()
        .map(r -> r.attribute("name"))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
