package io.ehcached.config;

import java.util.ArrayList;
import java.util.List;

/** Ehcache's class names that a file may name, and which classes there are. */
final class Factories {
  private static final String DISTRIBUTION = "net.sf.ehcache.distribution.";
  static final String PROVIDER = DISTRIBUTION + "RMICacheManagerPeerProviderFactory";
  static final String LISTENER = DISTRIBUTION + "RMICacheManagerPeerListenerFactory";
  static final String REPLICATOR = DISTRIBUTION + "RMICacheReplicatorFactory";
  static final String BOOTSTRAP = DISTRIBUTION + "RMIBootstrapCacheLoaderFactory";

  private Factories() {}

  static boolean is(XmlElement factory, String className) {
    return className.equals(factory.attribute("class"));
  }

  /** Tells whether a factory names a class at all; tutorials often leave an empty one. */
  static boolean isNamed(XmlElement factory) {
    String className = factory.attribute("class");
    return className != null && !className.isBlank();
  }

  static boolean isLoadable(XmlElement factory) {
    if (factory.attribute("class") == null) {
      return false;
    }
    try {
      Class.forName(factory.attribute("class"), false, Factories.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Returns the one RMI factory among elements of a kind, or null: Ehcache makes them all and then
   * forgets all but the last.
   */
  static XmlElement lastRmi(List<XmlElement> factories, String className, Findings findings) {
    List<XmlElement> rmi = new ArrayList<>();
    for (XmlElement factory : factories) {
      if (is(factory, className)) {
        rmi.add(factory);
      }
    }
    for (int i = 0; i < rmi.size() - 1; i++) {
      findings.warning(
          rmi.get(i),
          null,
          "does nothing, since of several only the last is used, in line "
              + rmi.get(rmi.size() - 1).line()
              + "; leave one");
    }
    return rmi.isEmpty() ? null : rmi.get(rmi.size() - 1);
  }

  /**
   * Returns the one RMI provider, or null. One that lists peers and one that finds them by itself
   * become one that does both.
   */
  static XmlElement rmiProvider(List<XmlElement> providers, Findings findings) {
    List<XmlElement> rmi = providers.stream().filter(p -> is(p, PROVIDER)).toList();
    if (rmi.size() != 2) {
      return lastRmi(providers, PROVIDER, findings);
    }
    FactoryProperties first = FactoryProperties.of(rmi.get(0), findings);
    FactoryProperties second = FactoryProperties.of(rmi.get(1), findings);
    if (isManual(first) == isManual(second)) {
      return lastRmi(providers, PROVIDER, findings);
    }
    for (String name : first.names()) {
      if (second.get(name) == null) {
        second.put(name, first.get(name));
      }
    }
    second.put("peerDiscovery", "both");
    XmlElement both = new XmlElement(rmi.get(1).name(), rmi.get(1).line(), "");
    both.attributes().put("class", PROVIDER);
    both.attributes().put("properties", second.render());
    return both;
  }

  private static boolean isManual(FactoryProperties provider) {
    return "manual".equalsIgnoreCase(provider.get("peerDiscovery"));
  }

  /** Returns the factories of other kinds than RMI's, where their classes can be had. */
  static List<XmlElement> others(List<XmlElement> factories, String rmiClass, Findings findings) {
    List<XmlElement> others = new ArrayList<>();
    for (XmlElement factory : factories) {
      if (is(factory, rmiClass)) {
        continue;
      }
      if (!isNamed(factory)) {
        findings.error(factory, "class", "names no class; write class=\"" + rmiClass + "\"");
      } else if (isLoadable(factory)) {
        others.add(factory);
      } else {
        findings.error(
            factory,
            "class",
            "the class "
                + factory.attribute("class")
                + " is not on the class path; write class=\""
                + rmiClass
                + "\"");
      }
    }
    return others;
  }
}
