package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.AmbiguousOptionException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The arguments as they were given: which options, how often, with which values. */
final class Arguments {
  private static final Map<String, CommandLineOption> BY_LETTER =
      Stream.of(CommandLineOption.values())
          .filter(option -> option.shortName().isPresent())
          .collect(Collectors.toMap(CommandLineOption::key, Function.identity()));

  private final CommandLine line;
  private final List<String> words;

  private Arguments(CommandLine line, List<String> words) {
    this.line = line;
    this.words = words;
  }

  static Arguments parse(String... args) throws UsageException {
    CommandLine line;
    try {
      line = DefaultParser.builder().get().parse(CommandLineOption.all(), separated(args));
    } catch (AmbiguousOptionException e) {
      throw UsageException.unknownOption(
          e.getOption() + " may be any of --" + String.join(", --", e.getMatchingOptions()));
    } catch (UnrecognizedOptionException e) {
      throw UsageException.unknownOption(unknown(e.getOption()));
    } catch (MissingArgumentException e) {
      throw UsageException.badValue(
          shown(e) + " needs a value; write " + shown(e) + " <" + e.getOption().getArgName() + ">");
    } catch (ParseException e) {
      throw UsageException.unknownOption(e.getMessage());
    }
    if (!line.getArgList().isEmpty()) {
      throw UsageException.unknownOption(
          "'" + line.getArgList().get(0) + "' is no option; options begin with - or --");
    }
    return new Arguments(line, List.of(args));
  }

  private static String shown(MissingArgumentException e) {
    String letter = e.getOption().getOpt();
    return letter == null ? "--" + e.getOption().getLongOpt() : "-" + letter;
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
  private static String[] separated(String... args) {
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--")) {
        apart.addAll(List.of(args).subList(i, args.length));
        break;
      }
      boolean together = arg.length() > 2 && arg.charAt(0) == '-' && arg.charAt(1) != '-';
      if (together && !isValue(arg, apart)) {
        separate(arg, apart);
      } else {
        apart.add(arg);
      }
    }
    return apart.toArray(String[]::new);
  }

  /** Tells whether the argument is a negative number, such as {@code -10} behind {@code -c}. */
  private static boolean isValue(String arg, List<String> before) {
    return arg.matches("-\\d+") && !before.isEmpty();
  }

  private static void separate(String arg, List<String> apart) {
    for (int i = 1; i < arg.length(); i++) {
      String letter = arg.substring(i, i + 1);
      apart.add("-" + letter);
      CommandLineOption option = BY_LETTER.get(letter);
      if (option == null) {
        return; // the parser will say so
      }
      if (option.argument().isPresent() && i + 1 < arg.length()) {
        apart.add(arg.substring(i + 1));
        return;
      }
    }
  }

  boolean has(CommandLineOption option) {
    return line.hasOption(option.key());
  }

  /** Returns them as they were given. */
  List<String> words() {
    return words;
  }

  /**
   * Returns, as words, those that count where a file has them and the command line has others: none
   * of which the command line says something itself, and none that say how the node is run.
   */
  List<String> besides(Arguments commandLine) {
    List<String> rest = new ArrayList<>();
    for (Option option : line.getOptions()) {
      String key = option.getKey();
      boolean counts =
          !key.equals(CommandLineOption.DAEMON.key())
              && !key.equals(CommandLineOption.HELP.key())
              && (key.equals(CommandLineOption.EXTENDED.key()) || !commandLine.line.hasOption(key));
      if (counts) {
        rest.add(option.getOpt() == null ? "--" + option.getLongOpt() : "-" + option.getOpt());
        rest.addAll(option.getValuesList());
      }
    }
    return rest;
  }

  /** Returns how often the option was given. */
  int count(CommandLineOption option) {
    return (int) Stream.of(line.getOptions()).filter(o -> o.getKey().equals(option.key())).count();
  }

  /** Returns all values of the option, in order. */
  List<String> all(CommandLineOption option) {
    String[] values = line.getOptionValues(option.key());
    return values == null ? List.of() : List.of(values);
  }

  /** Returns the value of the option, of several the last, as memcached takes it; else this. */
  String last(CommandLineOption option, String otherwise) {
    List<String> values = all(option);
    return values.isEmpty() ? otherwise : values.get(values.size() - 1);
  }
}
