package io.ehcached.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.ehcache.CacheManager;

/**
 * Has Ehcache make what the factories of a file make, each by itself and as at a start: whether
 * their classes have all that they need shows only then. The factories for peers are left out,
 * since they would take the ports of a node that runs.
 */
final class FactoryCheck {
  private static final Set<String> OF_A_REGION =
      Set.of(
          "bootstrapCacheLoaderFactory",
          "cacheEventListenerFactory",
          "cacheExtensionFactory",
          "cacheLoaderFactory");
  private static final String OF_THE_MANAGER = "cacheManagerEventListenerFactory";

  private FactoryCheck() {}

  /**
   * Returns what cannot be made.
   *
   * @param effective what Ehcache is given at a start
   */
  static List<Finding> of(Path file, XmlElement effective) {
    Findings findings = new Findings(file);
    for (XmlElement factory : effective.children(OF_THE_MANAGER)) {
      attempt(factory, List.of(factory), List.of(), findings);
    }
    for (XmlElement region : effective.children("cache")) {
      for (XmlElement child : region.children()) {
        if (OF_A_REGION.contains(child.name()) && !EhcacheClassNames.isReplaced(child)) {
          attempt(child, List.of(), List.of(child), findings);
        }
      }
    }
    return findings.all();
  }

  private static void attempt(
      XmlElement factory,
      List<XmlElement> ofManager,
      List<XmlElement> ofRegion,
      Findings findings) {
    XmlElement root = new XmlElement("ehcache", 1, "");
    root.attributes().put("name", "ehcached-check");
    root.attributes().put("monitoring", "off");
    root.children().addAll(ofManager);
    XmlElement region = new XmlElement("cache", 1, "");
    region.attributes().put("name", "check");
    region.attributes().put("maxEntriesLocalHeap", "1");
    region.children().addAll(ofRegion);
    root.children().add(region);
    try {
      new CacheManager(EhcacheParser.parse(root, new Findings(findings.file()))).shutdown();
    } catch (RuntimeException | LinkageError e) { // it may be anybody's code
      findings.error(
          factory,
          "class",
          factory.attribute("class")
              + " "
              + lack(e).orElse("fails: " + e.getMessage())
              + "; take it out");
    }
  }

  /** Returns which class is lacking, where that is why something failed. */
  static Optional<String> lack(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(cause -> cause instanceof NoClassDefFoundError ? cause.getMessage() : named(cause))
        .filter(name -> name != null)
        .findFirst()
        .map(
            name ->
                "needs the class " + name.replace('/', '.') + ", which is not on the class path");
  }

  /** Ehcache keeps of an error what it says, and not the error. */
  private static String named(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    String prefix = NoClassDefFoundError.class.getName() + ": ";
    return text.startsWith(prefix) ? text.substring(prefix.length()) : null;
  }
}
