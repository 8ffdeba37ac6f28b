package io.ehcached.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the jar carries of others is named in {@code NOTICE}, with its licence. */
class NoticesIT {
  private static final Path JAR = Path.of("target/ehcached.jar");
  private static final Path REPOSITORY = Path.of(System.getProperty("user.home"), ".m2/repository");
  private static final Pattern ENTRY = Pattern.compile("(?m)^(\\S.*) \\(([a-z][a-z0-9., ]+)\\)$");
  private static final Pattern CLASS =
      Pattern.compile("(?:META-INF/versions/\\d+/)?(.*)/[^/]*\\.class");
  private static final Pattern COPIED =
      Pattern.compile("[\\w/]+/(jsr\\d+\\w*|shaded/\\w+/\\w+)(?=/)");
  private static final Pattern ARTIFACT =
      Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");
  private static final String BILL = "META-INF/sbom/application.cdx.json";
  private static final Pattern LISTED = Pattern.compile("\"pkg:maven/([^/]+)/([^@]+)@[^\"]+\"");

  @Test
  void everyPackageInTheJar_isOursOrNamed() throws IOException {
    Set<String> named = new TreeSet<>(Set.of("io.ehcached"));
    Matcher entries = ENTRY.matcher(notice());
    while (entries.find()) {
      named.addAll(List.of(entries.group(2).split(", ", -1)));
    }

    Set<String> unnamed = new TreeSet<>();
    for (String name : names()) {
      Matcher type = CLASS.matcher(name);
      if (type.matches()) {
        String found = type.group(1).replace('/', '.');
        if (named.stream().noneMatch(one -> found.equals(one) || found.startsWith(one + "."))) {
          unnamed.add(found);
        }
      }
    }

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(unnamed).as("packages in the jar that NOTICE does not name").isEmpty();
  }

  /** Sources that others have copied into their packages have authors and licences of their own. */
  @Test
  void whatIsCarriedWithinOthers_isNamed() throws IOException {
    Set<String> copied = new TreeSet<>();
    for (String name : names()) {
      Matcher copy = COPIED.matcher(name);
      if (copy.lookingAt()) {
        copied.add(copy.group().replace('/', '.'));
      }
    }

    assertThat(copied).hasSize(2).allSatisfy(one -> assertThat(notice()).contains(one));
    assertThat(names()).anyMatch(name -> name.contains("libnetty_tcnative"));
    assertThat(notice()).contains("\nBoringSSL, ");
  }

  @Test
  void agentsThatNothingUses_areNotCarried() throws IOException {
    assertThat(names()).noneMatch(name -> name.endsWith(".jar"));
  }

  /** Some of what is carried has its classes in another's packages. */
  @Test
  void everyArtifactInTheJar_isNamed() throws IOException {
    String notice = notice();
    Set<String> unnamed = new TreeSet<>();
    for (String name : names()) {
      Matcher artifact = ARTIFACT.matcher(name);
      if (artifact.matches() && !isNamed(notice, artifact.group(1), artifact.group(2))) {
        unnamed.add(artifact.group(1) + ":" + artifact.group(2));
      }
    }

    assertThat(unnamed).as("artifacts in the jar that NOTICE does not name").isEmpty();
  }

  /** Of what is within others Maven knows nothing; netty-all has nothing within. */
  @Test
  void billOfMaterials_listsWhatTheJarCarries() throws IOException {
    Set<String> carried = new TreeSet<>(Set.of("io.netty:netty-all"));
    for (String name : names()) {
      Matcher artifact = ARTIFACT.matcher(name);
      if (artifact.matches() && !artifact.group(1).equals("org.jctools")) {
        carried.add(artifact.group(1) + ":" + artifact.group(2));
      }
    }
    Set<String> listed = new TreeSet<>();
    Matcher one = LISTED.matcher(entry(JAR, BILL));
    while (one.find()) {
      listed.add(one.group(1) + ":" + one.group(2));
    }

    assertThat(listed).hasSizeGreaterThan(5).isEqualTo(carried);
  }

  private static boolean isNamed(String notice, String group, String artifact) {
    return switch (group) {
      case "io.ehcached" -> true;
      case "io.netty" ->
          notice.contains("\nNetty (")
              && (!artifact.startsWith("netty-tcnative") || notice.contains("\nnetty-tcnative ("));
      case "net.sf.ehcache" -> notice.contains("\nEhcache (");
      case "commons-cli" -> notice.contains("\nApache Commons CLI (");
      case "io.prometheus" -> notice.contains("(io.prometheus)");
      case "org.slf4j" -> notice.contains("\nSLF4J (");
      case "ch.qos.logback" -> notice.contains(artifact);
      default -> notice.contains(group + ":" + artifact);
    };
  }

  @Test
  void whatTheirOwnNoticesSay_isSaid() throws IOException {
    String notice = words(notice());
    int checked = 0;
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (ZipEntry entry : jar.stream().toList()) {
        Matcher artifact = ARTIFACT.matcher(entry.getName());
        if (artifact.matches()) {
          for (Path original : originals(jar, entry, artifact.group(1), artifact.group(2))) {
            String own = entry(original, "META-INF/NOTICE.txt");
            own = own == null ? entry(original, "META-INF/NOTICE") : own;
            if (own != null) {
              assertThat(notice).as("NOTICE, of " + original).contains(words(own));
              checked++;
            }
          }
        }
      }
    }
    assertThat(checked).as("notices found in what is carried").isGreaterThanOrEqualTo(2);
  }

  /** Returns the jars of an artifact that Maven has fetched, in the version that is carried. */
  private static List<Path> originals(JarFile jar, ZipEntry entry, String group, String artifact)
      throws IOException {
    Properties properties = new Properties();
    try (var in = jar.getInputStream(entry)) {
      properties.load(in);
    }
    Path folder =
        REPOSITORY
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(properties.getProperty("version"));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  @Test
  void licenceTexts_areInTheJar() throws IOException {
    assertThat(entry(JAR, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    assertThat(entry(JAR, "META-INF/NOTICE")).isEqualTo(notice());
    assertThat(notice()).contains("MIT-SLF4J.txt", "EPL-2.0.txt", "LICENSE.boringssl.txt");
    for (String text :
        List.of("MIT-SLF4J", "EPL-2.0", "LICENSE.boringssl", "LICENSE.tomcat-native")) {
      assertThat(entry(JAR, "META-INF/license/" + text + ".txt")).as(text).hasSizeGreaterThan(900);
    }
    assertThat(Files.readString(Path.of("LICENSE")))
        .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
  }

  private static String notice() throws IOException {
    return Files.readString(Path.of("NOTICE"));
  }

  private static Set<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }
  }

  /** Returns the text of an entry, or null where there is none. */
  private static String entry(Path file, String name) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      ZipEntry entry = jar.getEntry(name);
      return entry == null
          ? null
          : new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String words(String text) {
    return String.join(" ", text.strip().split("\\s+", -1));
  }
}
