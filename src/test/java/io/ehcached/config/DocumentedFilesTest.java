package io.ehcached.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.config.Finding.Severity;
import io.ehcached.replication.network.PeerSettings;
import io.ehcached.support.Document;
import io.ehcached.support.Document.Block;
import io.ehcached.support.Document.Table;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents say of {@code ehcache.xml} is so: fragments load, and no property is amiss.
 */
class DocumentedFilesTest {
  private static final Document DOCUMENT = Document.of("docs/configuration.md");
  private static final Pattern HOST = Pattern.compile("hostName=([\\d.]+)");
  private static final Pattern LISTED = Pattern.compile("//[\\d.]+:\\d+/(\\w+)");
  private static final Set<Class<?>> IN_XML =
      Set.of(String.class, boolean.class, int.class, long.class);

  @TempDir Path directory;

  static Stream<Block> fragments() {
    return Document.all().stream()
        .flatMap(document -> document.blocks().stream())
        .filter(block -> block.language().equals("xml"));
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void fragment_loads(Block block) {
    List<String> own = new ArrayList<>();
    Matcher host = HOST.matcher(block.text());
    while (host.find()) {
      own.add(host.group(1));
    }
    if (own.isEmpty()) {
      own.add(EhcacheXml.OWN_ADDRESS);
    }
    Path file = EhcacheXml.write(directory, framed(block.text()));
    NodeConfiguration node =
        NodeConfiguration.read(file, null, 0, EhcacheXml.network(own.toArray(String[]::new)));

    List<Finding> findings =
        node.findings().stream().filter(finding -> !isOfFileToBeMade(finding)).toList();
    assertThat(findings).as(block.place()).noneMatch(one -> one.severity() == Severity.ERROR);
    if (!block.old()) {
      assertThat(findings).as(block.place()).noneMatch(one -> one.severity() != Severity.NOTE);
    }
  }

  /** Tells whether a fault is but that a reader's own secret or certificate is not here. */
  private static boolean isOfFileToBeMade(Finding finding) {
    return finding.toString().contains("=/etc/ehcached/")
        && finding.toString().contains(" is not there; ");
  }

  /** Puts what a fragment lacks around it. */
  private static String framed(String fragment) {
    if (fragment.contains("<ehcache")) {
      return fragment;
    }
    if (fragment.contains("<cache ")) {
      return "<ehcache>" + fragment + "</ehcache>";
    }
    Matcher listed = LISTED.matcher(fragment);
    String provider =
        fragment.contains("<cacheManagerPeerProviderFactory")
            ? ""
            : EhcacheXml.provider("peerDiscovery=manual, rmiUrls=//192.0.2.1:4567/memcached");
    return "<ehcache>"
        + provider
        + fragment
        + EhcacheXml.replicatedRegion()
            .replace("name='r'", "name='" + (listed.find() ? listed.group(1) : "memcached") + "'")
        + "</ehcache>";
  }

  @Test
  void fragments_areThere() {
    assertThat(fragments().filter(block -> !block.old())).hasSizeGreaterThan(5);
    assertThat(fragments().filter(Block::old)).isNotEmpty();
  }

  @Test
  void everyPropertyOfTheFactories_isThere_andNoOther() {
    assertThat(properties("cacheManagerPeerProviderFactory")).isEqualTo(RmiCheck.PROVIDER);
    assertThat(properties("cacheManagerPeerListenerFactory")).isEqualTo(RmiCheck.LISTENER);
    assertThat(properties("cacheEventListenerFactory")).isEqualTo(ReplicationCheck.REPLICATOR);
    assertThat(properties("bootstrapCacheLoaderFactory")).isEqualTo(ReplicationCheck.BOOTSTRAP);
  }

  private static Set<String> properties(String factory) {
    return table("property of `" + factory + "`").names();
  }

  @Test
  void everyAttribute_isThere_andNoOther() {
    assertThat(new TreeSet<>(table("attribute of `<cache>`").names()))
        .isEqualTo(attributes(CacheConfiguration.class));
    assertThat(new TreeSet<>(table("attribute of `<ehcache>`").names()))
        .isEqualTo(attributes(Configuration.class));
  }

  @Test
  void everyElement_isThere_andNoOther() {
    assertThat(new TreeSet<>(table("element in `<cache>`").names()))
        .isEqualTo(elements(CacheConfiguration.class));
    assertThat(new TreeSet<>(table("element in `<ehcache>`").names()))
        .isEqualTo(elements(Configuration.class));
  }

  /** Returns what Ehcache takes as an attribute: a property that can be set from a text. */
  private static Set<String> attributes(Class<?> bean) {
    return Arrays.stream(bean.getMethods())
        .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
        .filter(method -> IN_XML.contains(method.getParameterTypes()[0]))
        .map(method -> lower(method.getName().substring(3)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> elements(Class<?> bean) {
    return Arrays.stream(bean.getMethods())
        .map(Method::getName)
        .filter(name -> name.startsWith("add") && !name.endsWith("Listener"))
        .map(name -> "<" + lower(name.substring(3)) + ">")
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  @Test
  void defaultOfAnAttribute_isWhatHoldsWithoutIt() throws ReflectiveOperationException {
    CacheConfiguration plain = new CacheConfiguration();
    for (List<String> row : table("attribute of `<cache>`").rows()) {
      for (String told : Document.spans(row.get(1))) {
        for (String name : Document.spans(row.get(0))) {
          assertThat(value(plain, name)).as(name).isEqualToIgnoringCase(told);
        }
      }
    }
  }

  private static String value(CacheConfiguration plain, String name)
      throws ReflectiveOperationException {
    String end = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (Method method : CacheConfiguration.class.getMethods()) {
      if (method.getName().equals("get" + end) || method.getName().equals("is" + end)) {
        return String.valueOf(method.invoke(plain));
      }
    }
    throw new AssertionError("no " + name);
  }

  @Test
  void defaultOfAProperty_isWhatHoldsWithoutIt() {
    String group = "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, hostName=127.0.0.1";
    PeerSettings plain = peers(group, "hostName=127.0.0.1");
    Set<String> tried = new HashSet<>();
    for (String factory :
        List.of("cacheManagerPeerProviderFactory", "cacheManagerPeerListenerFactory")) {
      for (List<String> row : table("property of `" + factory + "`").rows()) {
        for (String told : Document.spans(row.get(1))) {
          String property = ", " + Document.spans(row.get(0)).get(0) + "=" + told;
          boolean provider = factory.contains("Provider");
          tried.add(property);
          if (!told.startsWith("<")) {
            assertThat(
                    peers(
                        provider ? group + property : group,
                        "hostName=127.0.0.1" + (provider ? "" : property)))
                .as(factory + property)
                .isEqualTo(plain);
          }
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(4);
  }

  private PeerSettings peers(String provider, String listener) {
    return EhcacheXml.read(
            directory,
            EhcacheXml.provider(provider)
                + EhcacheXml.listener(listener)
                + EhcacheXml.replicatedRegion())
        .peers();
  }

  private static Table table(String header) {
    List<Table> tables = DOCUMENT.tables(header);
    assertThat(tables).as("tables '%s' in %s", header, DOCUMENT).hasSize(1);
    return tables.get(0);
  }
}
