package io.ehcached.config;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.ehcache.CacheManager;

/**
 * Has Ehcache make what the factories of a file make, each by itself and as at a start: whether
 * their classes have all that they need shows only then. The factories for peers are left out,
 * since they would take the ports of a node that runs: of those, the factory itself is made.
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
    for (String ofPeers : List.of(EffectiveFile.PROVIDER, EffectiveFile.LISTENER)) {
      effective.children(ofPeers).stream()
          .filter(factory -> !EhcacheClassNames.isReplaced(factory))
          .forEach(factory -> construct(factory, findings));
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
      failed(factory, e, findings);
    }
  }

  private static void construct(XmlElement factory, Findings findings) {
    try {
      Object unused =
          Class.forName(factory.attribute("class")).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      failed(factory, e instanceof InvocationTargetException ? e.getCause() : e, findings);
    }
  }

  private static void failed(XmlElement factory, Throwable e, Findings findings) {
    findings.error(
        factory,
        "class",
        factory.attribute("class") + " " + lack(e).orElse("fails: " + cause(e)) + "; take it out");
  }

  /** Returns what the factory's own code said, where Ehcache says only that something failed. */
  private static String cause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
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
