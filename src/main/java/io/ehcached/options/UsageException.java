package io.ehcached.options;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Thrown for mistakes on the command line. The message says what is wrong and what to write
 * instead, a line for each.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ServerOptions options;

  private UsageException(String message, ServerOptions options) {
    super(message);
    this.options = options;
  }

  /** Returns the exception for a value that cannot be used. */
  public static UsageException badValue(String message) {
    return new UsageException(message, null);
  }

  /**
   * Combines several mistakes.
   *
   * @param options what was understood, with defaults in the place of what was not
   */
  static UsageException of(List<UsageException> several, ServerOptions options) {
    return new UsageException(
        several.stream().map(UsageException::getMessage).collect(Collectors.joining("\n")),
        options);
  }

  /** Returns the options without the mistakes, if they can be determined. */
  public Optional<ServerOptions> options() {
    return Optional.ofNullable(options);
  }

  /** Returns the mistakes, a line each. */
  public List<String> mistakes() {
    return getMessage().lines().toList();
  }

  /** Returns this mistake with its place, a file and a line. */
  UsageException at(String place) {
    return worded(mistakes().stream().map(one -> place + ": " + one).toList());
  }

  /** Returns these mistakes in other words. */
  UsageException worded(List<String> messages) {
    return new UsageException(String.join("\n", messages), options);
  }

  /** Returns what to print, without the last line end. */
  public String text() {
    return text(mistakes());
  }

  /** Returns mistakes as they are printed, without the last line end. */
  public static String text(List<String> mistakes) {
    return mistakes.stream().map(one -> "ehcached: " + one).collect(Collectors.joining("\n"));
  }
}
