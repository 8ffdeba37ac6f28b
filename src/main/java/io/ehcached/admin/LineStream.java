package io.ehcached.admin;

import io.ehcached.protocol.Stream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An answer with some lines for each of many things. A part is made when it is asked for; between
 * two parts only the position is kept.
 */
final class LineStream<T> implements Stream {
  private final Iterator<? extends T> things;
  private final Function<T, ? extends List<? extends Line>> lines;

  /**
   * Creates a stream.
   *
   * @param things which may come and go while they are told of
   * @param lines makes the lines for one
   */
  LineStream(Iterator<? extends T> things, Function<T, ? extends List<? extends Line>> lines) {
    this.things = things;
    this.lines = lines;
  }

  @Override
  public void next(Consumer<Part> taker) {
    List<Line> part = new ArrayList<>();
    int bytes = 0;
    while (bytes < PART_BYTES && things.hasNext()) {
      for (Line line : lines.apply(things.next())) {
        part.add(line);
        bytes += line.length();
      }
    }
    taker.accept(new Part(part, !things.hasNext()));
  }

  @Override
  public void close() {
    // there is nothing to give up
  }
}
