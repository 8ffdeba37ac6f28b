package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a command line, split into options and values as {@code getopt_long} does: {@code
 * -dv} is two options, {@code -p11211} and {@code "-p 11211"} are one with its value. Lists of
 * arguments in Kubernetes often have an option and its value in one word, with a blank.
 */
final class ArgumentWords {
  private static final Map<String, CommandLineOption> BY_LETTER =
      Stream.of(CommandLineOption.values())
          .filter(option -> option.shortName().isPresent())
          .collect(Collectors.toMap(CommandLineOption::key, Function.identity()));

  private final List<String> apart = new ArrayList<>();

  private ArgumentWords() {}

  /** Returns each option and each value as a word of its own. */
  static List<String> separated(List<String> words) {
    ArgumentWords separated = new ArgumentWords();
    int end = words.contains("--") ? words.indexOf("--") : words.size();
    words.subList(0, end).forEach(separated::add);
    separated.apart.addAll(words.subList(end, words.size()));
    return separated.apart;
  }

  private void add(String word) {
    boolean option = word.length() > 2 && word.charAt(0) == '-';
    if (!option || isNegativeNumber(word)) {
      apart.add(word);
    } else if (word.charAt(1) == '-') {
      addLong(word);
    } else {
      addShort(word);
    }
  }

  /** Tells whether the word is a number such as {@code -10} behind {@code -c}. */
  private boolean isNegativeNumber(String word) {
    return word.matches("-\\d+") && !apart.isEmpty();
  }

  /** Adds {@code "--name value"} as two. */
  private void addLong(String word) {
    String[] parts = word.split("\\s+", 2);
    Optional<CommandLineOption> option =
        Stream.of(CommandLineOption.values())
            .filter(one -> one.argument().isPresent())
            .filter(one -> one.longName().map(name -> parts[0].equals("--" + name)).orElse(false))
            .findAny();
    apart.addAll(option.isPresent() ? List.of(parts) : List.of(word));
  }

  private void addShort(String word) {
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      apart.add("-" + letter);
      CommandLineOption option = BY_LETTER.get(letter);
      if (option == null) {
        return; // which is reported, and not what the rest may mean
      }
      if (option.argument().isPresent() && i + 1 < word.length()) {
        apart.add(word.substring(i + 1).stripLeading());
        return;
      }
    }
  }
}
