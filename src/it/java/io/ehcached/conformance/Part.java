package io.ehcached.conformance;

import java.util.List;

/** A piece of what is sent or answered. */
sealed interface Part {
  /** These bytes. */
  final class Bytes implements Part {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** A number that has a name from when the server first said it. */
  record Named(String name) implements Part {}

  /** Any number. */
  record AnyNumber() implements Part {}

  /**
   * So many seconds, and with each that has passed one more, or one less.
   *
   * @param perSecond 1 or -1
   */
  record Seconds(int atFirst, int perSecond) implements Part {}

  /** What is left of the line, its end left out. */
  record RestOfLine() implements Part {}

  /** Statistics, these among them. */
  record Stats(List<String> names) implements Part {}

  /** The end of the connection. */
  record Closed() implements Part {}
}
