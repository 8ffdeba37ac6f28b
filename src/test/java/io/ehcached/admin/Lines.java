package io.ehcached.admin;

import io.ehcached.protocol.Stream;
import java.util.ArrayList;
import java.util.List;

/** The lines of an answer whose parts are made when they are asked for. */
final class Lines {
  private Lines() {}

  /** Returns all that is left. */
  static List<Stream.Line> all(Stream stream) {
    List<Stream.Line> lines = new ArrayList<>();
    boolean[] last = new boolean[1];
    while (!last[0]) {
      stream.next(
          part -> {
            lines.addAll(part.lines());
            last[0] = part.isLast();
          });
    }
    return lines;
  }

  /** Returns all that is left, as text. */
  static List<String> texts(Stream stream) {
    return all(stream).stream().map(line -> ((Stream.TextLine) line).text()).toList();
  }
}
