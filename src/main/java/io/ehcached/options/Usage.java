package io.ehcached.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The texts of {@code -h} and {@code -i}. */
public final class Usage {
  private static final int INDENT = 28;

  private static final String COMPARE =
      "ehcached compare HOST:PORT HOST:PORT... tells whether nodes hold the same items (compare -h).";

  private Usage() {}

  /** Returns the text that an action prints, without the last line end, if it only prints one. */
  public static Optional<String> asked(ServerOptions.Action action) {
    return switch (action) {
      case HELP -> Optional.of(text());
      case VERSION -> Optional.of(Version.line());
      case LICENSE -> Optional.of(license());
      case RUN, CHECK_CONFIG -> Optional.empty();
    };
  }

  /** Returns what {@code -h} prints, without the last line end. */
  public static String text() {
    StringBuilder text = new StringBuilder(Version.line());
    for (CommandLineOption option : CommandLineOption.values()) {
      if (option == CommandLineOption.CONFIG) {
        text.append("\n\nehcached's own:");
      }
      text.append('\n');
      int start = text.length();
      text.append(head(option));
      for (String line : option.description()) {
        if (text.length() - start >= INDENT) {
          text.append('\n');
          start = text.length();
        }
        text.append(" ".repeat(INDENT - (text.length() - start))).append(line);
        start = text.length() - INDENT;
      }
    }
    return text.append("\n\n").append(COMPARE).toString();
  }

  private static String head(CommandLineOption option) {
    StringBuilder head = new StringBuilder();
    option.shortName().ifPresent(name -> head.append('-').append(name));
    option
        .longName()
        .ifPresent(name -> head.append(head.isEmpty() ? "" : ", ").append("--").append(name));
    option
        .argument()
        .ifPresent(
            name -> head.append(option.longName().isPresent() ? "=<" : " <").append(name + ">"));
    return head.toString();
  }

  /** Returns what {@code -i} prints, without the last line end. */
  public static String license() {
    try (InputStream in = Usage.class.getResourceAsStream("license.txt")) {
      return Version.line()
          + "\n\n"
          + new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
