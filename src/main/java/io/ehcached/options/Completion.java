package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completions of the options for bash and zsh, which the build writes into files. */
final class Completion {
  /** A name in a list of names, with what follows it where it takes a value. */
  private static final Pattern ITEM = Pattern.compile("(\\w+)(=)?\\S* {2,}\\S.*");

  private static final String BASH =
      """
      # Completes the options of ehcached, and their values, in bash; made by the build.
      _ehcached() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=
        [ "$COMP_CWORD" -gt 0 ] && prev=${COMP_WORDS[COMP_CWORD - 1]}
        # bash takes --name=value apart.
        if [ "$cur" = = ]; then
          cur=
        elif [ "$prev" = = ] && [ "$COMP_CWORD" -gt 1 ]; then
          prev=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        COMPREPLY=()
        case $prev in
      %s  esac
        mapfile -t COMPREPLY < <(compgen -W '%s' -- "$cur")
      }
      complete -F _ehcached ehcached
      """;

  private static final String ZSH =
      """
      #compdef ehcached
      # Completes the options of ehcached, and their values, in zsh; made by the build.
      _arguments -s -S \\
      %s
      """;

  private Completion() {}

  /** Returns the file for bash. */
  static String bash() {
    StringBuilder cases = new StringBuilder();
    List<String> words = new ArrayList<>();
    for (CommandLineOption option : CommandLineOption.values()) {
      List<String> names = names(option);
      words.addAll(names);
      if (option.argument().isPresent()) {
        cases.append("    ").append(String.join(" | ", names)).append(")\n");
        for (String line : bashValues(option)) {
          cases.append("      ").append(line).append('\n');
        }
        cases.append("      return\n      ;;\n");
      }
    }
    return BASH.formatted(cases, String.join(" ", words));
  }

  private static List<String> bashValues(CommandLineOption option) {
    if (option == CommandLineOption.USER) {
      return List.of("mapfile -t COMPREPLY < <(compgen -u -- \"$cur\")");
    } else if (option.argument().equals(Optional.of("file"))) {
      return List.of(
          "compopt -o filenames 2>/dev/null", "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")");
    } else if (option == CommandLineOption.EXTENDED) {
      return List.of(
          "local before=",
          "case $cur in *,*) before=${cur%,*}, ;; esac",
          "compopt -o nospace 2>/dev/null",
          "mapfile -t COMPREPLY < <(compgen -P \"$before\" -W '"
              + String.join(" ", values(option))
              + "' -- \"${cur##*,}\")");
    }
    List<String> values = values(option);
    return values.isEmpty()
        ? List.of()
        : List.of(
            "mapfile -t COMPREPLY < <(compgen -W '" + String.join(" ", values) + "' -- \"$cur\")");
  }

  /** Returns the file for zsh. */
  static String zsh() {
    return ZSH.formatted(
                Stream.of(CommandLineOption.values())
                    .flatMap(Completion::zshSpecs)
                    .collect(Collectors.joining(" \\\n")))
            .stripTrailing()
        + "\n";
  }

  private static Stream<String> zshSpecs(CommandLineOption option) {
    String summary = option.description().get(0).replaceAll("[,;:]$", "");
    String value = option.argument().map(name -> ":" + name + ":" + zshValues(option)).orElse("");
    return names(option).stream()
        .map(
            name -> {
              String sign = value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+";
              return "  '*" + name + sign + "[" + zshEscaped(summary) + "]" + value + "'";
            });
  }

  private static String zshValues(CommandLineOption option) {
    if (option == CommandLineOption.USER) {
      return "_users";
    } else if (option.argument().equals(Optional.of("file"))) {
      return "_files";
    }
    List<String> values = values(option);
    if (option == CommandLineOption.EXTENDED) {
      return "_sequence compadd -S \"\" - " + String.join(" ", values);
    }
    return values.isEmpty() ? " " : "(" + String.join(" ", values) + ")";
  }

  private static String zshEscaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
        .replace("'", "'\\''");
  }

  private static List<String> names(CommandLineOption option) {
    return Stream.concat(
            option.shortName().map(name -> "-" + name).stream(),
            option.longName().map(name -> "--" + name).stream())
        .toList();
  }

  /** Returns the values that an option may have, if they can be listed. */
  private static List<String> values(CommandLineOption option) {
    return switch (option) {
      case PROTOCOL -> lower(ServerOptions.Protocol.values());
      case LOG_FORMAT -> lower(LogOptions.Format.values());
      case TRANSPORT -> lower(ServerOptions.Transport.values());
      case EXTENDED ->
          option.description().stream()
              .map(ITEM::matcher)
              .filter(Matcher::matches)
              .map(item -> item.group(1) + (item.group(2) == null ? "" : "="))
              .toList();
      default -> List.of();
    };
  }

  private static List<String> lower(Enum<?>[] values) {
    return Stream.of(values).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }
}
