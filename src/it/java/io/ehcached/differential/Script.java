package io.ehcached.differential;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one client does.
 *
 * @param steps what it sends, one after the other, without waiting for answers unless a step says
 *     so
 * @param pieces how many bytes go into each write, over and over again
 */
record Script(List<Step> steps, List<Integer> pieces) {
  private static final Pattern TOUCHES = Pattern.compile("(?s)(touch|gat).*|mg .* T.*");
  private static final Pattern REPETITION = Pattern.compile("(.)\\1{19,}");

  /**
   * One thing that a client sends.
   *
   * @param text what is sent, by ISO 8859-1; names in braces are filled in by {@link Names}
   * @param before what memcached 1.6.18 is sent in its place, or null where that is the same;
   *     {@link #NOT_SENT} where neither server is sent anything when that one is compared with
   * @param waits whether all answers must be there before it is sent
   */
  record Step(String text, String before, boolean waits) {
    static final String NOT_SENT = "";

    /** Makes a step that only today's memcached is compared by. */
    static Step ofToday(String text) {
      return new Step(text, NOT_SENT, false);
    }

    /** Makes a step that is the same for all servers, and waits for nothing. */
    static Step of(String text) {
      return new Step(text, null, false);
    }

    /** Makes a step that is sent when all answers are there. */
    static Step alone(String text) {
      return new Step(text, null, true);
    }

    /** Tells whether the step gives an item another lifetime, and leaves its value. */
    boolean touches() {
      return TOUCHES.matcher(text).matches();
    }

    /** Returns what a server is sent. */
    String text(boolean today) {
      return today || before == null ? text : before;
    }

    @Override
    public String toString() {
      return (waits ? "(alone) " : "")
          + shown(text)
          + (before == null ? "" : " / " + shown(before));
    }
  }

  /** Returns the script by which memcached 1.6.18 is compared. */
  Script before() {
    List<Step> kept = steps.stream().filter(step -> !Step.NOT_SENT.equals(step.before())).toList();
    return new Script(kept, pieces);
  }

  /** Tells whether any step touches an item. */
  boolean touches() {
    return steps.stream().anyMatch(Step::touches);
  }

  /** Returns text in which every byte can be seen, and long runs of one byte are counted. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> shown.append("\\r");
        case '\n' -> shown.append("\\n");
        default -> shown.append(c >= ' ' && c <= '~' ? c : String.format("\\x%02x", (int) c));
      }
    }
    return REPETITION
        .matcher(shown)
        .replaceAll(
            run -> Matcher.quoteReplacement("{" + run.group(1) + "*" + run.group().length() + "}"));
  }

  /** Returns text as {@link io.ehcached.conformance.BinaryRequest} reads it. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c > ' ' && c <= '~' ? c : String.format("\\x%02x", (int) c));
    }
    return escaped.toString();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n    ", "\n    ", ""))
        + "\n    in writes of "
        + pieces;
  }
}
