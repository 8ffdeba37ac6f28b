package io.ehcached.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a script has for keys, which are new ones each time it is played, and for the cas
 * uniques that a server has said: each server has its own, but in the same order.
 *
 * <pre>
 * {a} {b} ...       a key
 * {base64 a}        another key, in base64
 * {long a}          a key as long as keys may be
 * {longer a}        a key that is too long
 * {cas 0} {cas 1}   the cas unique that was the last to be heard of, the one before
 * {x*100}           a hundred x
 * </pre>
 */
final class Names {
  private static final int LONGEST_KEY = 250;

  /** Older than any item's; see {@link Comparison}. */
  static final String OLD_CAS = "3";

  private static final Pattern NAME = Pattern.compile("\\{([^}]+)\\}");

  private final String prefix;
  private final boolean ignoring;
  private final List<String> uniques = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  /**
   * Names keys that all begin alike.
   *
   * @param ignoring whether all cas uniques are one, which nobody can name
   */
  Names(String prefix, boolean ignoring) {
    this.prefix = prefix;
    this.ignoring = ignoring;
  }

  /** Returns text with all names filled in. */
  String fill(String text) {
    return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(named(match.group(1))));
  }

  private String named(String name) {
    int star = name.indexOf('*');
    if (star > 0) {
      return name.substring(0, star).repeat(Integer.parseInt(name.substring(star + 1)));
    }
    String[] words = name.split(" ", -1);
    String key = prefix + words[words.length - 1];
    return switch (words.length == 1 ? "" : words[0]) {
      case "" -> key;
      case "base64" -> base64(key + "\u00e9" + words[1]);
      case "long" -> key + "k".repeat(LONGEST_KEY - key.length());
      case "longer" -> key + "k".repeat(LONGEST_KEY + 1 - key.length());
      case "cas" -> cas(Integer.parseInt(words[1]));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String cas(int back) {
    return back < uniques.size() ? uniques.get(uniques.size() - 1 - back) : OLD_CAS;
  }

  /** Returns the name of a cas unique, which it has from the first time that it was heard of. */
  String of(String unique) {
    if (ignoring || unique.equals("0")) {
      return unique.equals("0") ? unique : "#";
    }
    return names.computeIfAbsent(
        unique,
        first -> {
          uniques.add(unique);
          return "#" + uniques.size();
        });
  }
}
