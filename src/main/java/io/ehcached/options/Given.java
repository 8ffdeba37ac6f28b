package io.ehcached.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The arguments with typed access, which collects all mistakes. A wrong value is recorded and
 * replaced, so that all mistakes are reported together.
 */
final class Given {
  private final Arguments arguments;
  private final List<String> warnings = new ArrayList<>();
  private final List<UsageException> faults = new ArrayList<>();

  Given(Arguments arguments) {
    this.arguments = arguments;
    faults.addAll(arguments.faults());
  }

  Arguments arguments() {
    return arguments;
  }

  /** Returns the warnings, a line each; more can be added. */
  List<String> warnings() {
    return warnings;
  }

  /** Returns the mistakes. */
  List<UsageException> faults() {
    return faults;
  }

  boolean has(CommandLineOption option) {
    return arguments.has(option);
  }

  int count(CommandLineOption option) {
    return arguments.count(option);
  }

  List<String> all(CommandLineOption option) {
    return arguments.all(option);
  }

  String last(CommandLineOption option, String otherwise) {
    return arguments.last(option, otherwise);
  }

  void warn(String message) {
    warnings.add(message);
  }

  void fault(String message) {
    fault(UsageException.badValue(message));
  }

  void fault(UsageException mistake) {
    faults.add(mistake);
  }

  /** A step that reads a value, which may be wrong. */
  interface Reading<T> {
    T read() throws UsageException;
  }

  /** Returns the value read; if it is wrong, records the mistake and returns {@code otherwise}. */
  <T> T or(T otherwise, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UsageException e) {
      fault(e);
      return otherwise;
    }
  }

  Optional<Path> path(CommandLineOption option) {
    String value = last(option, null);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isBlank()) {
      fault(option.shown() + " needs the path of a file");
      return Optional.empty();
    }
    return Optional.of(Path.of(value));
  }

  int integer(
      CommandLineOption option, String what, int otherwise, int least, int max, String example) {
    String value = last(option, null);
    String name = option.shown() + " (" + what + ")";
    return value == null
        ? otherwise
        : or(otherwise, () -> Numbers.integer(name, value, least, max, example));
  }

  <E extends Enum<E>> E choice(CommandLineOption option, E otherwise) {
    String value = last(option, null);
    if (value == null) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E one : otherwise.getDeclaringClass().getEnumConstants()) {
      String name = one.name().toLowerCase(Locale.ROOT);
      if (name.equals(value)) {
        return one;
      }
      names.add(name);
    }
    fault(option.shown() + " cannot be '" + value + "'; write one of " + String.join(", ", names));
    return otherwise;
  }
}
