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
 * A file of options as Debian's {@code /etc/memcached.conf} is one: an option a line, {@code #}
 * begins a comment. As Debian's own scripts do, it passes over {@code -d}, {@code -h} and lines
 * {@code logfile FILE}: how the node is run and where its log goes is for whoever starts it to say.
 */
final class OptionsFile {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final String LOG = "logfile";

  private final Path file;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** What a line holds, and which it is, from 1. */
  private record Line(int number, Arguments arguments) {}

  /** Makes something of arguments, or says what is wrong with them. */
  interface Reading<T> {
    T of(Arguments arguments, List<String> warnings) throws UsageException;
  }

  private OptionsFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read, or when a line is none of ours
   */
  static OptionsFile read(Path file) throws UsageException {
    OptionsFile options = new OptionsFile(file);
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      List<String> words = words(line);
      if (!words.isEmpty()) {
        try {
          options.add(number, words);
        } catch (UsageException e) {
          throw e.at(options.place(number));
        }
      }
    }
    return options;
  }

  private static String text(Path file) throws UsageException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read" : "is not there";
      throw UsageException.badValue(
          "--options-file " + file + " " + reason + "; write the path of a file, an option a line");
    }
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

  private void add(int number, List<String> words) throws UsageException {
    if (words.get(0).equals(LOG)) {
      warnings.add(
          place(number) + ": " + LOG + " is passed over; --log-file names a file for the log");
      return;
    }
    Arguments arguments = Arguments.parse(words.toArray(String[]::new));
    if (arguments.has(CommandLineOption.OPTIONS_FILE)) {
      throw UsageException.badValue("--options-file cannot name another from within one");
    }
    lines.add(new Line(number, arguments));
  }

  private String place(int number) {
    return file + ":" + number;
  }

  /**
   * Reads the file's options and those of the command line as one; what the command line says takes
   * the place of what the file says with the same option, but for {@code -o}, whose lists are put
   * together.
   *
   * @throws UsageException when something is wrong with them; names the line that is to blame
   */
  <T> T with(Arguments given, Reading<T> reading) throws UsageException {
    try {
      return reading.of(together(given, 0), warnings);
    } catch (UsageException e) {
      List<String> placed = new ArrayList<>();
      for (String mistake : e.mistakes()) {
        placed.add(blamed(given, reading, mistake) + mistake);
      }
      throw e.of(placed);
    }
  }

  /** Returns the place of the line without which a mistake would not be there, or nothing. */
  private <T> String blamed(Arguments given, Reading<T> reading, String mistake) {
    for (Line line : lines) {
      if (!mistakes(given, line.number, reading).contains(mistake)) {
        return place(line.number) + ": ";
      }
    }
    return "";
  }

  private <T> List<String> mistakes(Arguments given, int without, Reading<T> reading) {
    try {
      reading.of(together(given, without), new ArrayList<>());
      return List.of();
    } catch (UsageException e) {
      return e.mistakes();
    }
  }

  private Arguments together(Arguments given, int without) throws UsageException {
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
