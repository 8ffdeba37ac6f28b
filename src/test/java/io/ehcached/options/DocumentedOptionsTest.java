package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import io.ehcached.support.Document.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every option there is, and no other, each with its default. */
class DocumentedOptionsTest {
  private static final Document DOCUMENT = Document.of("docs/configuration.md");

  /** A sub-option at the start of a line of {@code -h}. */
  private static final Pattern SUB_OPTION = Pattern.compile("([a-z]+_[a-z_]+)(=<.*?>)? .*");

  @Test
  void everyOption_isThere_andNoOther() {
    Set<String> documented = new TreeSet<>();
    DOCUMENT.tables("option").forEach(table -> documented.addAll(table.names()));
    Set<String> known = new TreeSet<>();
    for (CommandLineOption option : CommandLineOption.values()) {
      known.addAll(names(option));
    }

    assertThat(documented)
        .as("options in the tables of docs/configuration.md")
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void row_isOfOneOption_withItsDefault() throws UsageException {
    for (Table table : DOCUMENT.tables("option")) {
      for (List<String> row : table.rows()) {
        List<String> names = Document.spans(row.get(0));
        CommandLineOption option = option(names.get(0));
        assertThat(Set.copyOf(names)).as("names of one option").isSubsetOf(names(option));
        if (table.header().get(1).equals("default")) {
          assertThat(option.unused()).as("%s belongs among those without effect", names).isFalse();
          checkDefault(option, names.get(0), row.get(1));
        } else {
          assertThat(option.unused()).as("%s has an effect", names).isTrue();
        }
      }
    }
  }

  private static void checkDefault(CommandLineOption option, String name, String told)
      throws UsageException {
    String help = String.join(" ", option.description());
    if (option.argument().isEmpty()) {
      assertThat(told).as("%s takes no value and has no default", name).isEmpty();
    } else if (!told.startsWith("`")) {
      assertThat(told).as("default of %s", name).isNotEmpty();
      String default_ = told.equals("none") ? "" : "default: " + told;
      assertThat(help).as("-h on %s", name).contains(default_);
      assertThat(option != CommandLineOption.EXTENDED && help.contains("default: "))
          .as("-h on %s", name)
          .isEqualTo(!default_.isEmpty());
    } else if (!help.contains("default: \"" + bare(told) + "\"")) {
      assertThat(parse(name, bare(told))).as("%s %s", name, told).isEqualTo(parse());
    }
  }

  @Test
  void everySubOption_isThere_withItsDefault() throws UsageException {
    Table table = DOCUMENT.tables("sub-option").get(0);
    List<String> help =
        CommandLineOption.EXTENDED.description().stream()
            .filter(line -> SUB_OPTION.matcher(line).matches())
            .toList();
    assertThat(table.names()).containsAll(help.stream().map(line -> name(line)).toList());

    for (List<String> row : table.rows()) {
      String name = Document.spans(row.get(0)).get(0);
      String told = row.get(1);
      String given = name + "=" + (told.startsWith("`") ? bare(told) : "1");
      ExtendedOptions extended = new ExtendedOptions();
      extended.add(given);
      assertThat(extended.unused()).as("%s without effect", name).isEmpty();
      if (told.startsWith("`")) {
        String[] rest =
            name.startsWith("ssl_") ? new String[] {"-Z", "-o", "ssl_chain_cert=x"} : new String[0];
        assertThat(parse(with(rest, "-o", given))).as(given).isEqualTo(parse(rest));
      }
    }
  }

  @Test
  void subOptionsWithoutEffect_areAllThere() {
    String prose = DOCUMENT.prose();
    String from = prose.substring(prose.indexOf("and named in the warning:"));
    Set<String> documented = Set.copyOf(Document.spans(from.substring(0, from.indexOf(". "))));

    assertThat(documented)
        .isEqualTo(
            Stream.concat(ExtendedOptions.UNUSED.stream(), TlsSubOptions.UNUSED.stream())
                .collect(Collectors.toSet()));
  }

  @Test
  void environment_isReadSomewhere() throws IOException {
    StringBuilder sources = new StringBuilder(Files.readString(Path.of("bin/ehcached")));
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.append(Files.readString(file));
      }
    }
    assertThat(DOCUMENT.tables("variable").get(0).names())
        .allSatisfy(name -> assertThat(sources).contains(name));
  }

  private static Set<String> names(CommandLineOption option) {
    Set<String> names = new HashSet<>();
    option.shortName().ifPresent(name -> names.add("-" + name));
    option.longName().ifPresent(name -> names.add("--" + name));
    return names;
  }

  private static CommandLineOption option(String name) {
    return Arrays.stream(CommandLineOption.values())
        .filter(option -> names(option).contains(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no option " + name));
  }

  private static String name(String line) {
    Matcher matcher = SUB_OPTION.matcher(line);
    assertThat(matcher.matches()).isTrue();
    return matcher.group(1);
  }

  private static String bare(String code) {
    return code.replace("`", "");
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  private static ServerOptions parse(String... args) throws UsageException {
    return OptionsParser.parse(Map.of(), args);
  }
}
