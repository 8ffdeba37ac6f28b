package io.ehcached.config;

import io.ehcached.config.Setting.Said;
import io.ehcached.replication.network.PeerSettings;
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
  private final PeerSettings peers;
  private final Findings unheeded;
  private final Map<Setting, Said> all = new LinkedHashMap<>();

  private Settings(Path file, PeerSettings peers) {
    this.file = file;
    this.peers = peers;
    this.unheeded = new Findings(file);
  }

  /**
   * Returns what the elements that take effect say.
   *
   * @param peers what those of a peer provider and a listener stand for; null without them
   */
  static Map<Setting, Said> of(Path file, XmlElement effective, PeerSettings peers) {
    Settings settings = new Settings(file, peers);
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
      String inPath = path;
      properties(element).forEach((name, value) -> put(inPath, name, value, element));
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

  private Map<String, String> properties(XmlElement factory) {
    String replaced = EhcacheClassNames.isReplaced(factory) ? factory.name() : "";
    return switch (replaced) {
      case EffectiveFile.PROVIDER -> PeerProperties.ofProvider(peers.discovery());
      case EffectiveFile.LISTENER -> PeerProperties.ofListener(peers);
      default -> FactoryProperties.of(factory, unheeded).all(); // as it is written
    };
  }

  private void put(String path, String name, String value, XmlElement element) {
    String where = file + ":" + element.lineOf(name.isEmpty() ? null : name) + ": " + element;
    all.put(new Setting(path, name), new Said(value, where));
  }
}
