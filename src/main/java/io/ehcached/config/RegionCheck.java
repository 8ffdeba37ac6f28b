package io.ehcached.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes of a region's element the one that Ehcache is given, and says what changes on the way. */
final class RegionCheck {
  private static final String OFF_HEAP =
      "is left out: memory outside the heap needs Ehcache's commercial edition; items are kept on the heap";

  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "terracotta",
              "is left out: there is no Terracotta server, nodes replicate among themselves",
          "searchable", "is left out: memcached's commands have no search",
          "cacheWriter", "is left out: nothing is written through to elsewhere",
          "copyStrategy", "is left out: items never change, so they are not copied",
          "elementValueComparator", "is left out: values are compared by their bytes",
          "cacheDecoratorFactory", "is left out: the region is served as it is",
          "cacheExceptionHandlerFactory", "is left out: a client is told of errors itself",
          "pinning", "is left out: where items are pinned, a full region has no room for new ones");

  private static final Set<String> FACTORIES =
      Set.of(
          "bootstrapCacheLoaderFactory",
          "cacheEventListenerFactory",
          "cacheExtensionFactory",
          "cacheLoaderFactory");

  /** In seconds: what Ehcache's elements hold, and what is left of it in milliseconds. */
  private static final long LONGEST_LIFETIME = Integer.MAX_VALUE;

  private static final Set<String> BOUNDS =
      Set.of("maxBytesLocalHeap", "maxEntriesLocalHeap", "maxElementsInMemory");

  private static final Set<String> POLICIES = Set.of("LRU", "LFU", "FIFO", "CLOCK");

  private final XmlElement root;
  private final XmlElement region;
  private final Findings findings;

  RegionCheck(XmlElement root, XmlElement region, Findings findings) {
    this.root = root;
    this.region = region;
    this.findings = findings;
  }

  /**
   * Returns the region with what applies to a node.
   *
   * @param memoryBytes what {@code -m} asks for; 0: nothing
   */
  XmlElement effective(RegionBound bound, long memoryBytes) {
    XmlElement effective = region.copyWithoutChildren();
    checkBound(bound, memoryBytes);
    checkPool(bound, memoryBytes);
    setBound(effective, bound);
    leaveOutAttributes(effective);
    checkLifetime(effective);
    checkPolicy(effective);
    new DiskStorePath(findings).check(root, region);
    for (XmlElement child : region.children()) {
      if (applies(child)) {
        effective.children().add(child.copy());
      }
    }
    return effective;
  }

  private void checkBound(RegionBound bound, long memoryBytes) {
    String entries = RegionBound.entries(region);
    String bytes = region.attribute("maxBytesLocalHeap");
    String pool = root.attribute("maxBytesLocalHeap");
    if (isRefused(root) || isRefused(region)) {
      return; // Ehcache has said why
    }
    if (memoryBytes > 0) {
      findings.note(region, "max", "-m bounds it to " + bound + ", whatever the file says");
    } else if (bytes != null && entries != null && !entries.equals("0")) {
      findings.error(
          region, "maxE", "is bounded by items and by bytes; leave maxBytesLocalHeap of the two");
    } else if (pool != null && entries != null && !entries.equals("0")) {
      findings.error(
          region,
          "maxE",
          "is bounded by items, and <ehcache> bounds all by bytes; leave one of the two");
    } else if (bytes != null && bytes.endsWith("%") && pool == null) {
      findings.error(
          region,
          "maxBytesLocalHeap",
          bytes + " is a share of nothing; write a size such as maxBytesLocalHeap=\"256m\"");
    } else if (isBelowZero(bytes) || isBelowZero(entries)) {
      findings.error(
          region,
          isBelowZero(bytes) ? "maxBytesLocalHeap" : "max",
          (isBelowZero(bytes) ? bytes : entries)
              + " is no bound; write a size such as maxBytesLocalHeap=\"256m\"");
    } else if (bytes == null && entries == null && pool == null) {
      findings.error(
          region, null, "has no bound; write maxBytesLocalHeap=\"256m\", or start with -m");
    } else if (bound.bytes() > RegionBound.MAX_BYTES
        || (bound.bytes() > 0 && bound.bytes() < RegionBound.LEAST_BYTES)) {
      String size = bytes == null ? pool : bytes;
      findings.error(
          bytes == null ? root : region,
          "maxBytesLocalHeap",
          "maxBytesLocalHeap=\""
              + size
              + (bound.bytes() < RegionBound.LEAST_BYTES
                  ? "\" is too little for a region; write 1m or more"
                  : "\" is too much for any machine; write less")
              + ", such as maxBytesLocalHeap=\"256m\"");
    } else if (bound.bytes() == 0 && bound.entries() == 0) {
      findings.warning(
          region,
          "maxE",
          "has no bound and grows until the heap is full; write maxBytesLocalHeap=\"256m\"");
    }
  }

  private boolean isRefused(XmlElement element) {
    return BOUNDS.stream().anyMatch(bound -> findings.hasError(element, bound));
  }

  private static boolean isBelowZero(String number) {
    return number != null && number.strip().startsWith("-");
  }

  private void checkPool(RegionBound bound, long memoryBytes) {
    long pool = RegionBound.bytes(root.attribute("maxBytesLocalHeap"), 0);
    if (memoryBytes == 0 && pool > 0 && bound.bytes() > pool) {
      findings.error(
          region,
          "maxBytesLocalHeap",
          "may hold "
              + bound
              + ", and <ehcache> bounds all regions to "
              + new RegionBound(pool, 0)
              + "; write a smaller maxBytesLocalHeap here, or a larger one there");
    }
  }

  private static void setBound(XmlElement effective, RegionBound bound) {
    Map<String, String> attributes = effective.attributes();
    attributes.remove("maxElementsInMemory");
    attributes.remove("maxEntriesLocalHeap");
    attributes.remove("maxBytesLocalHeap");
    if (bound.bytes() > 0) {
      attributes.put("maxBytesLocalHeap", Long.toString(bound.bytes()));
    } else {
      attributes.put("maxEntriesLocalHeap", Long.toString(bound.entries()));
    }
  }

  private void leaveOutAttributes(XmlElement effective) {
    for (String copy : new String[] {"copyOnRead", "copyOnWrite"}) {
      effective.attributes().remove(copy);
      if (region.isTrue(copy)) {
        findings.note(
            region, copy, copy + " is switched off: items never change, so they are not copied");
      }
    }
    String mode = effective.attributes().remove("transactionalMode");
    if (mode != null && !mode.equalsIgnoreCase("off")) {
      findings.warning(
          region,
          "transactionalMode",
          "transactionalMode is left out: memcached's commands have no transactions");
    }
    for (String offHeap :
        new String[] {"overflowToOffHeap", "maxBytesLocalOffHeap", "maxMemoryOffHeap"}) {
      String value = effective.attributes().remove(offHeap);
      if (value != null && !value.equalsIgnoreCase("false")) {
        findings.warning(region, offHeap, offHeap + " " + OFF_HEAP);
      }
    }
    effective.attributes().remove("diskPersistent");
    if (region.isTrue("diskPersistent")) {
      findings.warning(
          region,
          "diskPersistent",
          "diskPersistent is left out: a restarted node has its items from its peers, and what was on"
              + " disk may be older than theirs");
    }
    if (effective.attributes().remove("maxEntriesInCache") != null) {
      findings.note(
          region,
          "maxEntriesInCache",
          "maxEntriesInCache is left out: it bounds a Terracotta server");
    }
  }

  private void checkLifetime(XmlElement effective) {
    for (String lifetime : new String[] {"timeToLiveSeconds", "timeToIdleSeconds"}) {
      String seconds = region.attribute(lifetime);
      if (region.isTrue("eternal") && seconds != null && !seconds.equals("0")) {
        findings.warning(
            region,
            lifetime,
            lifetime + " does nothing beside eternal=\"true\"; leave one of the two");
      }
      if (seconds != null && isAbove(seconds, LONGEST_LIFETIME)) {
        effective.attributes().put(lifetime, Long.toString(LONGEST_LIFETIME));
        findings.warning(
            region,
            lifetime,
            lifetime
                + "=\""
                + seconds
                + "\" counts as "
                + LONGEST_LIFETIME
                + ", which is 68 years and the longest there is; write 0 where items are to live for"
                + " ever");
      }
    }
  }

  private static boolean isAbove(String number, long max) {
    String digits = number.strip();
    return digits.matches("\\d+") && new BigInteger(digits).compareTo(BigInteger.valueOf(max)) > 0;
  }

  private void checkPolicy(XmlElement effective) {
    String policy = region.attribute("memoryStoreEvictionPolicy");
    if (policy != null && !POLICIES.contains(policy.toUpperCase(Locale.ROOT))) {
      effective.attributes().put("memoryStoreEvictionPolicy", "LRU");
      findings.warning(
          region,
          "memoryStoreEvictionPolicy",
          "memoryStoreEvictionPolicy=\""
              + policy
              + "\" is not known and counts as LRU; write LRU, LFU, FIFO or CLOCK");
    } else if (policy != null
        && !policy.equalsIgnoreCase("CLOCK")
        && !DiskStorePath.isUsed(region)) {
      findings.note(
          region,
          "memoryStoreEvictionPolicy",
          "memoryStoreEvictionPolicy=\""
              + policy
              + "\" counts as CLOCK, as every policy does for a region in memory: what was used of"
              + " late stays; write CLOCK");
    }
  }

  private boolean applies(XmlElement child) {
    String leftOut = LEFT_OUT.get(child.name());
    if (leftOut != null) {
      if (!"false".equalsIgnoreCase(child.attribute("clustered"))) {
        findings.note(child, null, leftOut);
      }
      return false;
    }
    if (child.name().equals("persistence")) {
      return persists(child);
    }
    if (!FACTORIES.contains(child.name())) {
      return true;
    }
    if (FactoryClass.isLoadable(child)) {
      return Factories.isNamed(child)
          && Factories.isOfItsKind(child, instead(child.name()), findings);
    }
    if (Factories.isNamed(child)) {
      findings.warning(
          child,
          "class",
          "is left out: the class "
              + child.attribute("class")
              + " is not on the class path"
              + "; "
              + instead(child.name()));
    }
    return false;
  }

  private static String instead(String factory) {
    return switch (factory) {
      case "cacheEventListenerFactory" ->
          "to replicate, write class=\"" + EhcacheClassNames.REPLICATOR + "\"";
      case "bootstrapCacheLoaderFactory" ->
          "to copy what peers hold, write class=\"" + EhcacheClassNames.BOOTSTRAP + "\"";
      default -> "take it out";
    };
  }

  private boolean persists(XmlElement persistence) {
    String strategy = persistence.attribute("strategy");
    if (strategy == null
        || strategy.equalsIgnoreCase("none")
        || strategy.equalsIgnoreCase("localTempSwap")) {
      return true;
    }
    findings.warning(
        persistence,
        "strategy",
        "is left out: "
            + strategy
            + " needs Ehcache's commercial edition; write strategy=\"none\"");
    return false;
  }
}
