package io.ehcached.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Picks factories out of a file's elements by their classes. */
final class Factories {
  private Factories() {}

  static boolean is(XmlElement factory, String className) {
    return className.equals(factory.attribute("class"));
  }

  /** Tells whether a factory names a class at all; tutorials often leave an empty one. */
  static boolean isNamed(XmlElement factory) {
    String className = factory.attribute("class");
    return className != null && !className.isBlank();
  }

  /**
   * Tells whether Ehcache can use a factory's class, which is on the class path; if not, that
   * becomes a finding.
   *
   * @param instead what to do instead
   */
  static boolean isOfItsKind(XmlElement factory, String instead, Findings findings) {
    Optional<String> fault = FactoryClass.fault(factory);
    fault.ifPresent(text -> findings.error(factory, "class", text + "; " + instead));
    return fault.isEmpty();
  }

  /** Tells whether the class of one of these factories was found to be wrong. */
  static boolean anyWrong(List<XmlElement> factories, Findings findings) {
    return factories.stream().anyMatch(factory -> findings.hasError(factory, "class"));
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
   * Returns the properties of the one RMI provider, or null. One that lists peers and one that
   * finds them by itself become one that does both.
   */
  static FactoryProperties rmiProvider(List<XmlElement> providers, Findings findings) {
    List<XmlElement> rmi =
        providers.stream().filter(p -> is(p, EhcacheClassNames.PROVIDER)).toList();
    if (rmi.size() != 2) {
      return last(providers, findings);
    }
    FactoryProperties first = FactoryProperties.of(rmi.get(0), findings);
    FactoryProperties second = FactoryProperties.of(rmi.get(1), findings);
    if (isManual(first) == isManual(second)) {
      return last(providers, findings);
    }
    XmlElement both = new XmlElement(rmi.get(1).name(), rmi.get(1).line(), "");
    FactoryProperties merged = second.or(first, both);
    merged.put("peerDiscovery", "both");
    return merged;
  }

  private static FactoryProperties last(List<XmlElement> providers, Findings findings) {
    XmlElement last = lastRmi(providers, EhcacheClassNames.PROVIDER, findings);
    return last == null ? null : FactoryProperties.of(last, findings);
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
      } else if (FactoryClass.isLoadable(factory)) {
        if (isOfItsKind(factory, "write class=\"" + rmiClass + "\"", findings)) {
          others.add(factory);
        }
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
