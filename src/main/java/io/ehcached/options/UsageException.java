package io.ehcached.options;

/** A mistake on the command line. Its message says what is wrong and what to write instead. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The exit status for it: {@code EX_USAGE} of {@code sysexits.h}, as memcached has it. */
  public static final int EXIT_STATUS = 64;

  private final boolean usageWanted;

  private UsageException(String message, boolean usageWanted) {
    super(message);
    this.usageWanted = usageWanted;
  }

  /** Makes one for an option that is known, but cannot have this value. */
  public static UsageException badValue(String message) {
    return new UsageException(message, false);
  }

  /** Makes one for what is no option of ours, so that the usage helps. */
  public static UsageException unknownOption(String message) {
    return new UsageException(message, true);
  }

  /** Returns this mistake with the place where it was made, a file and a line. */
  UsageException at(String place) {
    return new UsageException(place + ": " + getMessage(), usageWanted);
  }

  /** Returns what to print, without a line end: the message, and the usage where it helps. */
  public String text() {
    String line = "ehcached: " + getMessage();
    return usageWanted ? line + "\n\n" + Usage.text() : line;
  }
}
