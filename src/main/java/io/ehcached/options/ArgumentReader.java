package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.AmbiguousOptionException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.DefaultParser.NonOptionAction;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * Finds the options in a list of words, as {@code getopt_long} does. What is none of ours is noted
 * and passed over, so that all mistakes can be told at once.
 */
final class ArgumentReader {
  private static final Map<String, CommandLineOption> BY_LETTER =
      Stream.of(CommandLineOption.values())
          .filter(option -> option.shortName().isPresent())
          .collect(Collectors.toMap(CommandLineOption::key, Function.identity()));

  private final Options options = CommandLineOption.all();
  private final List<String> words;
  private final List<UsageException> faults = new ArrayList<>();

  ArgumentReader(List<String> words) {
    this.words = separated(words);
  }

  /** Returns what was found; {@link #faults} says what else there was. */
  CommandLine read() {
    while (true) {
      try {
        CommandLine line = parse(words);
        noteUnknown(line.getArgList());
        return line;
      } catch (AmbiguousOptionException e) {
        fault(e.getOption() + " may be any of --" + String.join(", --", e.getMatchingOptions()));
        if (isFollowedByValue(e.getOption())) {
          words.remove(words.indexOf(e.getOption()) + 1);
        }
        words.remove(e.getOption());
      } catch (MissingArgumentException e) {
        String name = shown(e.getOption());
        faults.add(
            UsageException.badValue(
                name + " needs a value; write " + name + " <" + e.getOption().getArgName() + ">"));
        words.remove(indexWithoutValue(e.getOption()));
      } catch (ParseException e) {
        throw new IllegalStateException(e); // nothing else is wrong with words of any kind
      }
    }
  }

  List<UsageException> faults() {
    return faults;
  }

  private CommandLine parse(List<String> some) throws ParseException {
    return DefaultParser.builder()
        .get()
        .parse(options, new Properties(), NonOptionAction.SKIP, some.toArray(String[]::new));
  }

  private void fault(String message) {
    faults.add(UsageException.unknownOption(message));
  }

  private static String shown(Option option) {
    return option.getOpt() == null ? "--" + option.getLongOpt() : "-" + option.getOpt();
  }

  /** Returns where the option stands that lacks its value: behind it there is none. */
  private int indexWithoutValue(Option option) {
    for (int i = 0; i < words.size(); i++) {
      List<String> withNext = words.subList(i, Math.min(i + 2, words.size()));
      if (lacksValue(option, words.subList(i, i + 1)) && lacksValue(option, withNext)) {
        return i;
      }
    }
    throw new IllegalStateException(shown(option) + " lacks its value and is not there");
  }

  private boolean lacksValue(Option option, List<String> some) {
    try {
      CommandLine unused = parse(some);
      return false;
    } catch (MissingArgumentException e) {
      return e.getOption().getKey().equals(option.getKey());
    } catch (ParseException e) {
      return false;
    }
  }

  /** Notes what is no option; what stands behind an unknown one is taken for its value. */
  private void noteUnknown(List<String> others) {
    boolean value = false;
    for (String word : others) {
      boolean option = word.length() > 1 && word.charAt(0) == '-';
      if (option) {
        fault(unknown(word));
      } else if (!value) {
        fault("'" + word + "' is no option; options begin with - or --");
      }
      value = option && !word.contains("=") && isFollowedByValue(word);
    }
  }

  private boolean isFollowedByValue(String option) {
    int next = words.indexOf(option) + 1;
    return next > 0 && next < words.size() && !words.get(next).startsWith("-");
  }

  private static String unknown(String option) {
    // repcached's, whose users come here; memcached has no such option.
    return option.equals("-x")
        ? "-x: there is no such option; peers are named in ehcache.xml (see --config)"
        : option + ": there is no such option";
  }

  /**
   * Takes short options that are written together apart, as {@code getopt} does: {@code -dv} is two
   * and {@code -p11211} is one with its value. commons-cli would see long options in some, and a
   * name in what stands before an equals sign.
   */
  private static List<String> separated(List<String> words) {
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        apart.addAll(words.subList(i, words.size()));
        break;
      }
      boolean together = word.length() > 2 && word.charAt(0) == '-' && word.charAt(1) != '-';
      if (together && !isValue(word, apart)) {
        separate(word, apart);
      } else {
        apart.add(word);
      }
    }
    return apart;
  }

  /** Tells whether the word is a negative number, such as {@code -10} behind {@code -c}. */
  private static boolean isValue(String word, List<String> before) {
    return word.matches("-\\d+") && !before.isEmpty();
  }

  private static void separate(String word, List<String> apart) {
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      apart.add("-" + letter);
      CommandLineOption option = BY_LETTER.get(letter);
      if (option == null) {
        return; // which is told, and not what the rest may mean
      }
      if (option.argument().isPresent() && i + 1 < word.length()) {
        apart.add(word.substring(i + 1));
        return;
      }
    }
  }
}
