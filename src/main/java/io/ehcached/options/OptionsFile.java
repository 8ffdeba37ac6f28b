package io.ehcached.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of options, in the format of Debian's {@code /etc/memcached.conf}: one option a line,
 * {@code #} begins a comment. As Debian's own scripts do, it ignores {@code -d}, {@code -h} and
 * lines {@code logfile FILE}: how the node is run and where it logs is decided where it is started.
 */
final class OptionsFile {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final String LOG = "logfile";

  private final Path file;
  private final List<Line> lines = new ArrayList<>();
  private final Mistakes found = new Mistakes();

  /** A line: its number, from 1, and its arguments. */
  private record Line(int number, Arguments arguments) {}

  /** A step that turns arguments into options, or throws their mistakes. */
  interface Reading {
    ServerOptions of(Arguments arguments, List<String> warnings) throws UsageException;
  }

  private OptionsFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file; {@link #with} reports lines that are no options.
   *
   * @throws UsageException when it cannot be read
   */
  static OptionsFile read(Path file) throws UsageException {
    OptionsFile options = new OptionsFile(file);
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      List<String> words = words(line);
      if (!words.isEmpty()) {
        options.add(number, words);
      }
    }
    return options;
  }

  private static String text(Path file) throws UsageException {
    boolean folder = Files.isDirectory(file);
    if (Files.exists(file) && !Files.isRegularFile(file) && !folder) { // a pipe may never end
      throw fault(file, "is no regular file");
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw fault(file, Files.exists(file) ? "cannot be read" : "is not there");
    }
  }

  private static UsageException fault(Path file, String reason) {
    return UsageException.badValue(
        "--options-file " + file + " " + reason + "; write the path of a file, an option a line");
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(COMMENT.matcher(line).replaceFirst(""));
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          words.add(matcher.group(group));
        }
      }
    }
    return words;
  }

  private void add(int number, List<String> words) {
    if (words.get(0).equals(LOG)) {
      found.warn(
          place(number) + ": " + LOG + " is passed over; --log-file names a file for the log");
      return;
    }
    Arguments arguments = Arguments.parse(words.toArray(String[]::new));
    for (UsageException fault : arguments.faults()) {
      found.fault(fault.at(place(number)));
    }
    if (arguments.has(CommandLineOption.OPTIONS_FILE)) {
      found.fault(
          UsageException.badValue("--options-file cannot name another from within one")
              .at(place(number)));
    }
    lines.add(new Line(number, arguments));
  }

  private String place(int number) {
    return file + ":" + number;
  }

  /**
   * Combines the file's options with those of the command line. An option of the command line
   * replaces that of the file; only the lists of {@code -o} are joined.
   *
   * @throws UsageException when something is wrong with them; names the line that is to blame
   */
  ServerOptions with(Arguments given, Reading reading) throws UsageException {
    List<UsageException> all = new ArrayList<>(found.faults());
    ServerOptions options;
    try {
      options = reading.of(together(given, 0), found.warnings());
    } catch (UsageException e) {
      options = e.options().orElse(null);
      List<String> placed = new ArrayList<>();
      for (String mistake : e.mistakes()) {
        placed.add(blamed(given, reading, mistake) + mistake);
      }
      all.add(e.worded(placed));
    }
    if (!all.isEmpty()) {
      throw UsageException.of(all, options);
    }
    return options;
  }

  /** Returns the place of the line that causes a mistake, or an empty text. */
  private String blamed(Arguments given, Reading reading, String mistake) {
    for (Line line : lines) {
      if (!mistakes(given, line.number, reading).contains(mistake)) {
        return place(line.number) + ": ";
      }
    }
    return "";
  }

  private List<String> mistakes(Arguments given, int without, Reading reading) {
    try {
      ServerOptions unused = reading.of(together(given, without), new ArrayList<>());
      return List.of();
    } catch (UsageException e) {
      return e.mistakes();
    }
  }

  private Arguments together(Arguments given, int without) {
    List<String> all = new ArrayList<>();
    for (Line line : lines) {
      if (line.number != without) {
        all.addAll(line.arguments.besides(given));
      }
    }
    all.addAll(given.words());
    return Arguments.parse(all.toArray(String[]::new));
  }
}
