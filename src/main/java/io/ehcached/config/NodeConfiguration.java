package io.ehcached.config;

import io.ehcached.config.Setting.Said;
import io.ehcached.replication.network.PeerSettings;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.ConfigError;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.config.generator.ConfigurationSource;

/**
 * An {@code ehcache.xml} as a node takes it: the region that is served, how its peers are reached,
 * and what there is to say about the file. Reading it opens nothing and starts nothing.
 */
public final class NodeConfiguration {
  private final Path file;
  private final List<Finding> findings;
  private final Configuration configuration;
  private final String regionName;
  private final RegionBound bound;
  private final EffectiveFile effective; // null where there is none

  private NodeConfiguration(
      Path file,
      Findings findings,
      Configuration configuration,
      String regionName,
      RegionBound bound,
      EffectiveFile effective) {
    this.file = file;
    this.findings = findings.all();
    this.configuration = configuration;
    this.regionName = regionName;
    this.bound = bound;
    this.effective = effective;
  }

  /**
   * What the command line sets in place of the file.
   *
   * @param memoryBytes the region's bound; 0 is the file's
   * @param expectedPeers how many peers should be reachable; empty is what the file says
   */
  public record Overrides(long memoryBytes, OptionalInt expectedPeers) {}

  /** Reads a file, with no other override than the region's bound. */
  public static NodeConfiguration read(Path file, String regionName, long memoryBytes) {
    return read(file, regionName, memoryBytes, LocalNetwork.ofThisMachine());
  }

  static NodeConfiguration read(
      Path file, String regionName, long memoryBytes, LocalNetwork network) {
    return read(file, regionName, new Overrides(memoryBytes, OptionalInt.empty()), network);
  }

  /**
   * Reads a file. All mistakes in it are found together, and become findings.
   *
   * @param regionName the region to serve; null: the only one there is, or {@code memcached}
   */
  public static NodeConfiguration read(Path file, String regionName, Overrides overrides) {
    return read(file, regionName, overrides, LocalNetwork.ofThisMachine());
  }

  static NodeConfiguration read(
      Path file, String regionName, Overrides overrides, LocalNetwork network) {
    Findings findings = new Findings(file);
    XmlElement root = XmlFile.read(file, findings);
    if (root == null) {
      return new NodeConfiguration(file, findings, null, null, null, null);
    }
    if (!root.name().equals("ehcache")) {
      findings.error(root, null, notEhcache(root));
      return new NodeConfiguration(file, findings, null, null, null, null);
    }
    EhcacheParser.parse(root, findings);
    XmlElement region = RegionChoice.choose(root, regionName, findings);
    if (region == null) {
      checkRest(root, network, overrides, findings);
      return new NodeConfiguration(file, findings, null, null, null, null);
    }
    RegionBound bound = RegionBound.of(root, region, overrides.memoryBytes());
    EffectiveFile effective = new EffectiveFile(root, region, bound, overrides, network, findings);
    Configuration configuration = EhcacheParser.parse(effective.forEhcache(), findings);
    validate(configuration, region, findings);
    configuration.setSource(ConfigurationSource.getConfigurationSource(file.toFile()));
    return new NodeConfiguration(
        file,
        findings,
        findings.hasErrors() ? null : configuration,
        region.attribute("name"),
        bound,
        effective);
  }

  /** Looks at what belongs to no region alone, as if the first one were served. */
  private static void checkRest(
      XmlElement root, LocalNetwork network, Overrides overrides, Findings findings) {
    for (XmlElement region : root.children("cache")) {
      if (region.attribute("name") != null) {
        RegionBound bound = RegionBound.of(root, region, overrides.memoryBytes());
        Findings all = new Findings(findings.file());
        EffectiveFile unused = new EffectiveFile(root, region, bound, overrides, network, all);
        findings.addErrors(all);
        return;
      }
    }
  }

  private static String notEhcache(XmlElement root) {
    boolean three = root.attributes().toString().contains("ehcache.org/v3");
    return (three ? "is how a file of Ehcache 3 begins" : "is not how the file begins")
        + "; write it as of Ehcache 2.x: <ehcache>"
        + RegionChoice.EXAMPLE
        + "</ehcache>";
  }

  private static void validate(Configuration configuration, XmlElement region, Findings findings) {
    Collection<ConfigError> errors = configuration.validate();
    errors.forEach(error -> findings.error(region, null, error.toString()));
  }

  /** Tells whether a node can be started from the file. */
  public boolean isUsable() {
    return configuration != null;
  }

  /** Returns what there is to say about the file, errors first. */
  public List<Finding> findings() {
    return findings;
  }

  public Path file() {
    return file;
  }

  /** Returns the name of the region that is served; null when there is none. */
  public String regionName() {
    return regionName;
  }

  /** Returns how much the region may hold; null when there is none. */
  public RegionBound bound() {
    return bound;
  }

  /** Returns how peers are reached; null when the node stands alone. */
  public PeerSettings peers() {
    return effective == null ? null : effective.peers();
  }

  /** Returns how the region is replicated to its peers, if it has any; null when it is not. */
  public ReplicationSettings replication() {
    return effective == null ? null : effective.replication().settings();
  }

  /** Returns how the region is copied from its peers at the start; null when it is not. */
  public BootstrapSettings bootstrap() {
    return effective == null ? null : effective.replication().bootstrap();
  }

  /** Returns all that the file says, as it takes effect, in the file's order. */
  public Map<Setting, Said> settings() {
    return effective == null ? Map.of() : Settings.of(file, effective.tree(), effective.peers());
  }

  /**
   * Returns which factories of the file cannot make what they are for. It runs them, which may be
   * anybody's code; {@link #read} runs nothing.
   */
  public List<Finding> tryFactories() {
    return isUsable() ? FactoryCheck.of(file, effective.tree()) : List.of();
  }

  /**
   * Returns what a cache manager is to be made from, once: without what the node does itself.
   *
   * @throws IllegalStateException when the file has errors
   */
  public Configuration configuration() {
    if (configuration == null) {
      throw new IllegalStateException(file + " has errors");
    }
    return configuration;
  }

  /** Returns the region as Ehcache has read it. */
  public CacheConfiguration region() {
    return configuration().getCacheConfigurations().get(regionName);
  }

  /** Returns the region's element as it takes effect. */
  XmlElement effectiveRegion() {
    return effective.tree().children("cache").get(0);
  }

  /** Returns what is in effect, for people: some lines, each of a name and a value. */
  public String describe() {
    return Description.of(this);
  }

  /** Returns the same, each value under its name. */
  public Map<String, String> description() {
    return Description.lines(this);
  }
}
