package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A shell's redirection among the words of a file of options, such as {@code >> FILE 2>&1}. The
 * options of services that were once started by a shell still have them, and a service manager
 * passes them on.
 */
final class Redirection {
  private static final Pattern OPERATOR = Pattern.compile("\\d?(>>?|<)(&\\d|&-)?|&>>?");
  private static final Pattern WITH_FILE = Pattern.compile("(?:\\d?>>?|&>>?)([^&>].*)");

  private Redirection() {}

  /** Returns the words that belong to a redirection. */
  static List<String> in(List<String> words) {
    List<String> found = new ArrayList<>();
    boolean file = false;
    for (String word : words) {
      boolean operator = OPERATOR.matcher(word).matches();
      if (operator || file || WITH_FILE.matcher(word).matches()) {
        found.add(word);
      }
      file = operator && !word.contains("&");
    }
    return found;
  }

  /** Returns what to write instead of a redirection that is not empty. */
  static String fault(List<String> redirection) {
    String file =
        redirection.stream()
            .map(word -> WITH_FILE.matcher(word).replaceFirst("$1"))
            .filter(word -> !OPERATOR.matcher(word).matches())
            .findFirst()
            .orElse("<file>");
    return "'"
        + String.join(" ", redirection)
        + "' redirects nothing, since no shell reads it; write --log-file "
        + file;
  }
}
