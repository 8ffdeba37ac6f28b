package io.ehcached.options;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manual page and the completions, as man and the shells themselves take them. */
class ShellTextsIT {
  private static final Path TEMPLATE = Path.of("src/packaging/ehcached.1.in");

  @TempDir static Path directory;

  @BeforeAll
  static void write() throws IOException {
    ShellTexts.write(Files.readString(TEMPLATE), directory);
    Files.createDirectory(directory.resolve("cert-folder"));
    Files.createFile(directory.resolve("cert.pem"));
  }

  @Test
  void page_namesEveryOption() throws IOException {
    String page = Files.readString(directory.resolve("ehcached.1"));

    for (CommandLineOption option : CommandLineOption.values()) {
      option.shortName().ifPresent(name -> assertThat(page).contains("\\fB\\-" + name + "\\fR"));
      option
          .longName()
          .map(name -> name.replace("-", "\\-"))
          .ifPresent(name -> assertThat(page).contains("\\fB\\-\\-" + name + "\\fR"));
    }
    assertThat(page).contains("\\fBidle_timeout=<seconds>\\fR\n").doesNotContain("@");
  }

  @Test
  void page_isTakenByManWithoutAWarning() throws Exception {
    assumeInstalled("man");
    List<String> shown = run("man", "--warnings", "-P", "cat", "-l", page());

    assertThat(shown)
        .noneMatch(line -> line.matches("(troff|an\\.tmac|man|tbl|grotty):.*"))
        .anyMatch(line -> line.strip().equals("-p, --port=num"));
  }

  @Test
  void page_isTakenByMandocWithoutAWarning() throws Exception {
    assumeInstalled("mandoc");

    assertThat(run("mandoc", "-T", "lint", "-W", "warning", page()))
        .filteredOn(line -> !line.contains("missing date")) // left out, so that builds are alike
        .isEmpty();
  }

  private static String page() {
    return directory.resolve("ehcached.1").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "--opt, --options-file",
    "--tr, --transport",
    "--transport|i, io_uring",
    "--transport|=|ep, epoll",
    "-B|bin, binary",
    "--protocol|=, ascii auto binary",
    "-u|roo, root",
    "--config|cer, cert-folder cert.pem",
    "--config|=|cert.p, cert.pem",
    "-o|idle, idle_timeout=",
    "'-o|track_sizes,no_max', 'track_sizes,no_maxconns_fast'",
    "-m|, ''"
  })
  void bash_completes(String words, String expected) throws Exception {
    assumeInstalled("bash");
    String script =
        """
        cd '%s' && . ./ehcached.bash
        complete -p ehcached >/dev/null || exit 1
        IFS='|' read -ra given <<<"$1"
        case $1 in *'|') given+=('') ;; esac
        COMP_WORDS=(ehcached "${given[@]}")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _ehcached
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(directory);

    List<String> found = run("bash", "-c", script, "bash", words);

    assertThat(String.join(" ", found.stream().sorted().toList())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "--opt, --options-file",
    "--transport=i, io_uring",
    "-B bin, binary",
    "--config cert.p, cert.pem",
    "-o idle, idle_timeout="
  })
  void zsh_completes(String line, String expected) throws Exception {
    assumeInstalled("zsh");
    Path script = Files.writeString(directory.resolve("complete.zsh"), ZSH);

    assertThat(run("zsh", "-f", script.toString(), directory.toString(), "ehcached " + line))
        .contains(expected);
  }

  /** Types a line into an interactive zsh, presses the tabulator, and prints what it offers. */
  private static final String ZSH =
      """
      zmodload zsh/zpty || exit 1
      cd $1
      zpty shell zsh -f -i
      start() { zpty -w shell "$1" }
      start "PROMPT= ; unsetopt zle_bracketed_paste; stty -echo"
      start "fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D"
      start "zstyle ':completion:*' list-separator '|||'"
      start "compadd() { local -a offered; builtin compadd -O offered \\"\\$@\\"; print -l -- '<<' \\$offered '>>'; builtin compadd \\"\\$@\\" }"
      start "done-now() { print -- ENDED; exit }; zle -N done-now; bindkey '^X' done-now; bindkey '^I' complete-word"
      start "print -- READ'Y'"
      zpty -r -m shell told '*READY*' || exit 1
      zpty -w -n shell "$2"$'\\t'$'\\C-x'
      while zpty -r shell told; do
        print -r -- ${told//$'\\r'/}
        [[ $told == *ENDED* ]] && break
      done
      zpty -d shell
      """;

  private static void assumeInstalled(String program) throws Exception {
    Process which =
        new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(which.waitFor() == 0, program + " is not installed: it is not tried");
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    builder.environment().put("MANWIDTH", "100");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return lines;
  }
}
