package io.ehcached.protocol;

/** One line of statistics: what is measured, and its value as text. */
public record Stat(String name, String value) {
  /** Returns a line whose value is a whole number. */
  public static Stat of(String name, long value) {
    return new Stat(name, Long.toString(value));
  }
}
