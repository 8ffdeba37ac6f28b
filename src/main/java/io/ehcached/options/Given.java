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
final class Given extends Mistakes {
  private final Arguments arguments;

  Given(Arguments arguments) {
    this.arguments = arguments;
    arguments.faults().forEach(this::fault);
  }

  Arguments arguments() {
    return arguments;
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
