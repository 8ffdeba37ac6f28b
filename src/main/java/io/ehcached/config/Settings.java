package io.ehcached.config;

import io.ehcached.config.Setting.Said;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All that a file says, as it takes effect, setting by setting. */
final class Settings {
  /** Where Ehcache takes several elements of a kind, told apart by their classes. */
  private static final Set<String> SEVERAL =
      Set.of(
          "cacheManagerEventListenerFactory",
          "cacheManagerPeerProviderFactory",
          "cacheManagerPeerListenerFactory",
          "cacheEventListenerFactory",
          "cacheExtensionFactory",
          "cacheLoaderFactory");

  private final Path file;
  private final Findings unheeded;
  private final Map<Setting, Said> all = new LinkedHashMap<>();

  private Settings(Path file) {
    this.file = file;
    this.unheeded = new Findings(file);
  }

  /** Returns what the elements that Ehcache is given say. */
  static Map<Setting, Said> of(Path file, XmlElement effective) {
    Settings settings = new Settings(file);
    settings.add("", effective);
    return settings.all;
  }

  private void add(String parent, XmlElement element) {
    String path = parent + element.name();
    String className = element.attribute("class");
    boolean factory = className != null;
    if (SEVERAL.contains(element.name())) {
      path += " " + className;
    }
    put(path, "", "", element);
    if (factory) {
      FactoryProperties properties = FactoryProperties.of(element, unheeded);
      for (String name : properties.names()) {
        put(path, name, heeded(name, properties.get(name)), element);
      }
    }
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      boolean read = factory && attribute.getKey().startsWith("propert");
      if (!read) {
        put(path, attribute.getKey(), attribute.getValue(), element);
      }
    }
    String prefix = parent.isEmpty() && element.name().equals("ehcache") ? "" : path + "/";
    element.children().forEach(child -> add(prefix, child));
  }

  /** A list of peers may be empty: then it named this node alone, or nobody. */
  private static String heeded(String name, String value) {
    return value == null && name.equals("rmiUrls") ? "" : value;
  }

  private void put(String path, String name, String value, XmlElement element) {
    if (value != null) { // an empty property says nothing
      String where = file + ":" + element.lineOf(name.isEmpty() ? null : name) + ": " + element;
      all.put(new Setting(path, name), new Said(value, where));
    }
  }
}
