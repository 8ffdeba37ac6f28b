package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Document;
import io.ehcached.support.Document.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command lines in the documents are ones that a node takes, with nothing to warn of. */
class DocumentedCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("bin/ehcached((?: +[^\\s#&;|>`]+)*)");

  /** Options in prose that are others': the JVM's, Maven's, and numbers. */
  private static final Pattern FOREIGN =
      Pattern.compile("-X(m[sx]|X:|lint).*|-D\\w.*|-\\d+|-P\\w+");

  /** Documents that tell of other programs' options. */
  private static final Set<String> OTHERS =
      Set.of("performance.md", "CONTRIBUTING.md", "migrating.md");

  @Test
  void commandLine_isTaken() {
    List<String> commands = new ArrayList<>();
    for (Document document : Document.all()) {
      for (Block block : document.blocks()) {
        if (!block.old()) {
          commands.addAll(commands(block.text().replace("\\\n", " ").replaceAll("(?m)#.*", "")));
        }
      }
      Document.spans(document.prose()).forEach(span -> commands.addAll(commands(span)));
    }
    assertThat(commands).hasSizeGreaterThan(20).allSatisfy(DocumentedCommandsTest::check);
  }

  private static List<String> commands(String text) {
    return COMMAND.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static void check(String arguments) throws UsageException {
    String[] words = arguments.isBlank() ? new String[0] : arguments.strip().split(" +", -1);
    if (words.length > 0 && words[0].equals("compare")) {
      return; // CompareTest has its arguments
    }
    ServerOptions options = OptionsParser.parse(Map.of(), words);
    assertThat(options.warnings())
        .as("bin/ehcached%s", arguments)
        .noneMatch(w -> w.contains("no effect"));
  }

  @Test
  void optionInProse_exists() {
    Set<String> known =
        Arrays.stream(CommandLineOption.values())
            .flatMap(
                option ->
                    Stream.concat(
                        option.shortName().stream().map(name -> "-" + name),
                        option.longName().stream().map(name -> "--" + name)))
            .collect(Collectors.toSet());
    known.addAll(Set.of("-vv", "-vvv", "-dv", "-p11212"));
    List<String> unknown = new ArrayList<>();
    for (Document document : Document.all()) {
      if (!OTHERS.contains(document.file().getFileName().toString())
          && !document.file().startsWith("docs/decisions")) {
        for (String word : optionsIn(document)) {
          if (!known.contains(word)) {
            unknown.add(document + ": " + word);
          }
        }
      }
    }
    assertThat(unknown).as("options in prose that there are not").isEmpty();
  }

  private static List<String> optionsIn(Document document) {
    return Document.spans(document.prose()).stream()
        .filter(span -> span.startsWith("-"))
        .flatMap(span -> Arrays.stream(span.split(" ", -1)))
        .filter(word -> word.startsWith("-") && !FOREIGN.matcher(word).matches())
        .map(word -> word.replaceAll("=.*", ""))
        .toList();
  }

  @Test
  void subOptionInProse_exists() {
    for (Document document : Document.all()) {
      for (String span : Document.spans(document.prose())) {
        if (span.startsWith("-o ")) {
          for (String one : span.substring(3).split(",", -1)) {
            String name = one.replaceAll("=.*", "");
            assertThat(takes(name)).as("%s: -o %s", document, name).isTrue();
          }
        }
      }
    }
  }

  private static boolean takes(String name) {
    try {
      new ExtendedOptions().add(name + "=1");
      return true;
    } catch (UsageException e) {
      return false;
    }
  }
}
