package io.ehcached.command;

import io.ehcached.protocol.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that takes an answer part by part. */
final class Parts {
  private Parts() {}

  /** Returns the next part; waits for it. */
  static Stream.Part next(Stream stream) throws InterruptedException {
    BlockingQueue<Stream.Part> parts = new ArrayBlockingQueue<>(1);
    stream.next(parts::add);
    Stream.Part part = parts.poll(30, TimeUnit.SECONDS);
    if (part == null) {
      throw new AssertionError("no part comes");
    }
    return part;
  }

  /** Returns all lines, then closes. */
  static List<Stream.Line> all(Stream stream) throws InterruptedException {
    List<Stream.Line> lines = new ArrayList<>();
    Stream.Part part;
    do {
      part = next(stream);
      lines.addAll(part.lines());
    } while (!part.isLast());
    stream.close();
    return lines;
  }
}
