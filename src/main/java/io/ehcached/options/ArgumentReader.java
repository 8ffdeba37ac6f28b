package io.ehcached.options;

import io.ehcached.spelling.SpellingSuggestion;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.cli.AmbiguousOptionException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.DefaultParser.NonOptionAction;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The reader that finds the options in a list of words, as {@code getopt_long} does. Unknown
 * options are recorded and skipped, so that all mistakes are reported together.
 */
final class ArgumentReader {
  private final Options options = CommandLineOption.all();
  private final List<String> words;
  private final Mistakes found = new Mistakes();

  ArgumentReader(List<String> words) {
    this.words = ArgumentWords.separated(words);
  }

  /** Returns the options found; {@link #faults} returns the mistakes. */
  CommandLine read() {
    while (true) {
      try {
        CommandLine line = parse(words);
        noteUnknown(line.getArgList());
        return line;
      } catch (AmbiguousOptionException e) {
        found.fault(
            e.getOption() + " may be any of --" + String.join(", --", e.getMatchingOptions()));
        if (isFollowedByValue(e.getOption())) {
          words.remove(words.indexOf(e.getOption()) + 1);
        }
        words.remove(e.getOption());
      } catch (MissingArgumentException e) {
        String name = shown(e.getOption());
        found.fault(
            name + " needs a value; write " + name + " <" + e.getOption().getArgName() + ">");
        words.remove(indexWithoutValue(e.getOption()));
      } catch (ParseException e) {
        throw new IllegalStateException(e); // nothing else is wrong with words of any kind
      }
    }
  }

  List<UsageException> faults() {
    return found.faults();
  }

  private CommandLine parse(List<String> some) throws ParseException {
    return DefaultParser.builder()
        .get()
        .parse(options, new Properties(), NonOptionAction.SKIP, some.toArray(String[]::new));
  }

  private static String shown(Option option) {
    return option.getOpt() == null ? "--" + option.getLongOpt() : "-" + option.getOpt();
  }

  /** Returns the index of the option that lacks its value. */
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

  /** Records words that are no options; a word after an unknown option is taken for its value. */
  private void noteUnknown(List<String> others) {
    List<String> redirection = Redirection.in(others);
    if (!redirection.isEmpty()) {
      found.fault(Redirection.fault(redirection));
    }
    boolean value = false;
    for (String word : others) {
      boolean option = word.length() > 1 && word.charAt(0) == '-';
      if (option) {
        found.fault(unknown(word));
      } else if (!value && !word.isBlank() && !redirection.contains(word)) {
        found.fault(
            "'"
                + word
                + "' is no option; leave it out, or write the option before it that takes it; see"
                + " ehcached -h");
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
        : option
            + ": there is no such option; "
            + nearest(option).map(name -> "write " + name).orElse("leave it out")
            + ", or see ehcached -h";
  }

  /** Returns the option that a long one was probably meant to be; a letter is near to too many. */
  private static Optional<String> nearest(String option) {
    String name = option.replaceFirst("^-+", "").replaceFirst("=.*", "");
    if (!option.startsWith("--") || name.length() < 3) {
      return Optional.empty();
    }
    List<String> names =
        CommandLineOption.all().getOptions().stream()
            .map(Option::getLongOpt)
            .filter(known -> known != null)
            .toList();
    return Optional.ofNullable(SpellingSuggestion.to(name, names)).map(found -> "--" + found);
  }
}
