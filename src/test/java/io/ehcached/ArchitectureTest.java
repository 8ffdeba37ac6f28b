package io.ehcached;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest {
  private static final String ROOT = "io.ehcached";

  /** What each package may use of ours, besides itself. The root package alone sees everything. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          entry("item", Set.of()),
          entry("json", Set.of()),
          entry("address", Set.of()),
          entry("auth", Set.of("files")),
          entry("protocol", Set.of("item")),
          entry("protocol.line", Set.of("protocol", "item")),
          entry("protocol.value", Set.of()),
          entry("protocol.meta", Set.of("protocol", "protocol.line", "protocol.value", "item")),
          entry(
              "protocol.text",
              Set.of("protocol", "protocol.line", "protocol.meta", "protocol.value", "item")),
          entry("protocol.binary", Set.of("protocol", "protocol.value", "item")),
          entry("store", Set.of("item")),
          entry("replication.spi", Set.of()),
          entry("replication.settings", Set.of("store")),
          entry("replication.wire", Set.of("item", "store")),
          entry("replication.status", Set.of("replication.wire")),
          entry(
              "replication.replica",
              Set.of(
                  "item",
                  "store",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "replication.sender",
              Set.of(
                  "item",
                  "store",
                  "replication.replica",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "replication.repair",
              Set.of(
                  "item",
                  "store",
                  "replication.replica",
                  "replication.sender",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "replication.membership",
              Set.of(
                  "item",
                  "store",
                  "replication.repair",
                  "replication.replica",
                  "replication.sender",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "replication.bootstrap",
              Set.of(
                  "item",
                  "store",
                  "replication.membership",
                  "replication.repair",
                  "replication.replica",
                  "replication.sender",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "replication.receiver",
              Set.of(
                  "item",
                  "store",
                  "replication.membership",
                  "replication.replica",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry("replication.security", Set.of("address", "replication.settings")),
          entry(
              "replication.link",
              Set.of(
                  "address",
                  "replication.security",
                  "replication.settings",
                  "replication.spi",
                  "replication.wire")),
          entry("replication.names", Set.of()),
          entry(
              "replication.discovery",
              Set.of(
                  "address",
                  "replication.link",
                  "replication.names",
                  "replication.security",
                  "replication.settings",
                  "replication.spi",
                  "replication.status")),
          entry(
              "replication.network",
              Set.of(
                  "address",
                  "replication", // the threads of a node
                  "replication.discovery",
                  "replication.link",
                  "replication.names",
                  "replication.security",
                  "replication.settings",
                  "replication.spi",
                  "replication.status")),
          entry(
              "replication",
              Set.of(
                  "item",
                  "store",
                  "replication.bootstrap",
                  "replication.membership",
                  "replication.receiver",
                  "replication.replica",
                  "replication.sender",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire")),
          entry(
              "config",
              Set.of(
                  "address",
                  "replication.link",
                  "replication.network",
                  "replication.settings",
                  "spelling")),
          entry("spelling", Set.of()),
          entry("admin", Set.of("protocol", "store", "item", "replication.status")),
          entry("command", Set.of("protocol", "store", "admin", "item")),
          entry(
              "server",
              Set.of(
                  "address",
                  "auth",
                  "command",
                  "protocol",
                  "protocol.text",
                  "protocol.meta",
                  "protocol.binary",
                  "protocol.value",
                  "admin",
                  "item")),
          entry(
              "monitor",
              Set.of(
                  "address",
                  "json",
                  "monitor.http",
                  "admin",
                  "protocol",
                  "store",
                  "replication.status")),
          entry("monitor.http", Set.of()),
          entry("monitor.jmx", Set.of("admin", "store")),
          entry("options", Set.of("spelling")),
          entry("compare", Set.of()),
          entry("reload", Set.of("config")),
          entry("files", Set.of("options")),
          entry("logging", Set.of("files", "json", "options")),
          entry("process", Set.of("files", "logging", "options", "config")),
          entry(
              "node",
              Set.of(
                  "address",
                  "node.settings",
                  "node.report",
                  "admin",
                  "auth",
                  "command",
                  "config",
                  "item",
                  "logging",
                  "monitor",
                  "monitor.jmx",
                  "options",
                  "process",
                  "protocol",
                  "reload",
                  "replication",
                  "replication.link",
                  "replication.network",
                  "replication.settings",
                  "replication.spi",
                  "replication.status",
                  "replication.wire",
                  "server",
                  "store")),
          entry(
              "node.settings",
              Set.of(
                  "address",
                  "admin",
                  "auth",
                  "config",
                  "files",
                  "logging",
                  "options",
                  "process",
                  "protocol",
                  "replication.network",
                  "replication.security",
                  "replication.settings",
                  "server")),
          entry(
              "node.report",
              Set.of(
                  "address",
                  "node.settings",
                  "admin",
                  "config",
                  "options",
                  "protocol",
                  "replication.status",
                  "server")),
          entry("archive", Set.of("", "node", "config", "options")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyPackage_usesOnlyThoseBelowIt() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass user : CLASSES) {
      String from = packageOf(user);
      if (from.isEmpty()) {
        continue; // the root package
      }
      assertThat(ALLOWED).as("a rule for package %s", from).containsKey(from);
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass();
        if (used.getPackageName().startsWith(ROOT)
            && !from.equals(packageOf(used))
            && !ALLOWED.get(from).contains(packageOf(used))) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void rootPackage_holdsTheProgramAlone() {
    assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(ROOT)))
        .filteredOn(JavaClass::isTopLevelClass)
        .extracting(JavaClass::getSimpleName)
        .containsExactly("Main");
  }

  @Test
  void ehcache_isKnownToStoreConfigNodeAndJmxOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".store..", ROOT + ".config..", ROOT + ".node", ROOT + ".monitor.jmx..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.sf.ehcache..")
        .check(CLASSES);
  }

  @Test
  void netty_isKnownToServerMonitorSettingsAddressNamesAndCodecsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".server..",
            ROOT + ".protocol.*..",
            ROOT + ".monitor..",
            ROOT + ".node.settings",
            ROOT + ".replication.names", // Netty's DNS
            ROOT + ".address") // Netty's form of an IPv6 address
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void prometheus_isKnownToMonitorOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".monitor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nobody_printsToStandardOutput_butPrograms() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".process", ROOT + ".logging", ROOT + ".compare")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  /** Returns the package's part of the name that has a rule; that of the root package is empty. */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(ROOT)) {
      return "";
    }
    String part = name.substring(ROOT.length() + 1);
    while (!ALLOWED.containsKey(part) && part.contains(".")) {
      part = part.substring(0, part.lastIndexOf('.'));
    }
    return part;
  }
}
