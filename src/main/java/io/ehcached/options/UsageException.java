package io.ehcached.options;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Mistakes on the command line. The message says what is wrong and what to write instead, a line
 * for each.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The exit status for it: {@code EX_USAGE} of {@code sysexits.h}, as memcached has it. */
  public static final int EXIT_STATUS = 64;

  private final boolean usageWanted;
  private final transient ServerOptions options;

  private UsageException(String message, boolean usageWanted, ServerOptions options) {
    super(message);
    this.usageWanted = usageWanted;
    this.options = options;
  }

  /** Makes one for an option that is known, but cannot have this value. */
  public static UsageException badValue(String message) {
    return new UsageException(message, false, null);
  }

  /**
   * Makes one of several.
   *
   * @param options what was understood, with defaults in the place of what was not
   */
  static UsageException of(List<UsageException> several, ServerOptions options) {
    return new UsageException(
        several.stream().map(UsageException::getMessage).collect(Collectors.joining("\n")),
        several.stream().anyMatch(one -> one.usageWanted),
        options);
  }

  /** Returns what the command line comes to without its mistakes, where that can be told. */
  public Optional<ServerOptions> options() {
    return Optional.ofNullable(options);
  }

  /** Returns the mistakes, a line each. */
  public List<String> mistakes() {
    return getMessage().lines().toList();
  }

  /** Makes one for what is no option of ours, so that the usage helps. */
  public static UsageException unknownOption(String message) {
    return new UsageException(message, true, null);
  }

  /** Returns this mistake with the place where it was made, a file and a line. */
  UsageException at(String place) {
    return worded(mistakes().stream().map(one -> place + ": " + one).toList());
  }

  /** Returns these mistakes in other words. */
  UsageException worded(List<String> messages) {
    return new UsageException(String.join("\n", messages), usageWanted, options);
  }

  /** Returns what to print, without a line end: the message, and the usage where it helps. */
  public String text() {
    String lines = text(mistakes());
    return usageWanted ? lines + "\n\n" + Usage.text() : lines;
  }

  /** Returns mistakes as they are printed, without the last line end. */
  public static String text(List<String> mistakes) {
    return mistakes.stream().map(one -> "ehcached: " + one).collect(Collectors.joining("\n"));
  }
}
