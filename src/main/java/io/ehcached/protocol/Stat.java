package io.ehcached.protocol;

/** A statistic: its name, and its value as text. */
public record Stat(String name, String value) {
  /** Returns a statistic whose value is a whole number. */
  public static Stat of(String name, long value) {
    return new Stat(name, Long.toString(value));
  }
}
