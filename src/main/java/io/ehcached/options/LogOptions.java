package io.ehcached.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the log: its levels and its format.
 *
 * @param format how an event is written ({@code --log-format})
 * @param levels how much of what is logged ({@code --log-level}), the last one of a name holds
 * @param config a Logback file that says all of it in their place ({@code --log-config})
 */
public record LogOptions(Format format, List<Level> levels, Optional<Path> config) {
  /** The name of the root logger. */
  public static final String ROOT = "root";

  private static final String OURS = "io.ehcached";
  private static final Set<String> LEVELS =
      Set.of("off", "error", "warn", "info", "debug", "trace");

  /**
   * The prefixes of libraries' loggers; all other names are of this program, as the log shows them.
   */
  private static final Set<String> FOREIGN =
      Set.of("ch", "com", "io", "java", "javax", "jdk", "net", "org", "sun", ROOT);

  /** The formats of an event. */
  public enum Format {
    /** A line for people. */
    TEXT,
    /** A line that is one object of JSON. */
    JSON
  }

  /**
   * The level of one logger.
   *
   * @param logger its full name; empty stands for the node as a whole
   * @param level one of {@code off}, {@code error}, {@code warn}, {@code info}, {@code debug} and
   *     {@code trace}
   */
  public record Level(String logger, String level) {}

  /** Copies the levels. */
  public LogOptions {
    levels = List.copyOf(levels);
  }

  /** Returns the defaults. */
  static LogOptions standard() {
    return new LogOptions(Format.TEXT, List.of(), Optional.empty());
  }

  /**
   * Reads levels: {@code debug}, or {@code replication=debug,net.sf.ehcache=info}.
   *
   * @throws UsageException when a level is none, or a logger has no name
   */
  static List<Level> levels(String list) throws UsageException {
    List<Level> levels = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).trim();
      String level = part.substring(equals + 1).trim().toLowerCase(Locale.ROOT);
      if (!LEVELS.contains(level) || (equals >= 0 && !name.matches("[\\w$]+(\\.[\\w$]+)*"))) {
        throw UsageException.badValue(
            "--log-level cannot be '"
                + part
                + "'; write error, warn, info, debug or trace, or LOGGER=LEVEL such as"
                + " replication=debug");
      }
      levels.add(new Level(name.isEmpty() ? "" : fullName(name), level));
    }
    return levels;
  }

  private static String fullName(String name) {
    int dot = name.indexOf('.');
    return FOREIGN.contains(dot < 0 ? name : name.substring(0, dot)) ? name : OURS + "." + name;
  }
}
