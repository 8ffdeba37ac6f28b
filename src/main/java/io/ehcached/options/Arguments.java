package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** The parsed arguments: the options given, how often, and with which values. */
final class Arguments {
  private final CommandLine line;
  private final List<String> words;
  private final List<UsageException> faults;

  private Arguments(CommandLine line, List<String> words, List<UsageException> faults) {
    this.line = line;
    this.words = words;
    this.faults = faults;
  }

  /** Parses arguments; {@link #faults} returns the mistakes. */
  static Arguments parse(String... args) {
    ArgumentReader reader = new ArgumentReader(List.of(args));
    CommandLine line = reader.read();
    return new Arguments(line, List.of(args), reader.faults());
  }

  /** Returns the mistakes: unknown options, and options without their value. */
  List<UsageException> faults() {
    return faults;
  }

  boolean has(CommandLineOption option) {
    return line.hasOption(option.key());
  }

  /** Returns the arguments as they were given. */
  List<String> words() {
    return words;
  }

  /**
   * Returns, as words, the options of a file that apply besides a command line: those that the
   * command line does not have, without those that say how the node is run.
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

  /** Returns how many times the option was given. */
  int count(CommandLineOption option) {
    return (int) Stream.of(line.getOptions()).filter(o -> o.getKey().equals(option.key())).count();
  }

  /** Returns all values of the option, in order. */
  List<String> all(CommandLineOption option) {
    String[] values = line.getOptionValues(option.key());
    return values == null ? List.of() : List.of(values);
  }

  /** Returns the last value of the option, as in memcached, or {@code otherwise}. */
  String last(CommandLineOption option, String otherwise) {
    List<String> values = all(option);
    return values.isEmpty() ? otherwise : values.get(values.size() - 1);
  }
}
