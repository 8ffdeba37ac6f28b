package io.ehcached.protocol;

import io.ehcached.item.Key;
import java.util.List;
import java.util.function.Consumer;

/**
 * An answer of unknown length, produced in parts as the client reads it, so that at most one part
 * waits in memory.
 */
public interface Stream {
  /** The approximate size of a part on the wire, in bytes. */
  int PART_BYTES = 64 * 1024;

  /**
   * Some lines of the answer.
   *
   * @param isLast whether nothing follows
   */
  record Part(List<Line> lines, boolean isLast) {
    /** Copies the lines. */
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /** One line, independent of the protocol. */
  sealed interface Line permits ItemLine, StatLine, TextLine, LogLine {
    /** Returns the approximate length on the wire, in bytes. */
    int length();
  }

  /**
   * An item in a list of items.
   *
   * @param key the item's key
   * @param valueLength how long the value is, in bytes
   * @param flags the client's flags, 32 bits unsigned
   * @param expires when it dies, in seconds since the epoch; {@link ItemState#FOREVER} for never
   * @param lastUse when it was last used or stored, in seconds since the epoch
   * @param cas its cas unique, unsigned
   * @param fetched whether it was used since it was stored
   * @param size what it takes in memory, in bytes
   */
  record ItemLine(
      Key key,
      int valueLength,
      int flags,
      long expires,
      long lastUse,
      long cas,
      boolean fetched,
      long size)
      implements Line {
    private static final int NUMBERS = 120;

    @Override
    public int length() {
      return key.length() + NUMBERS;
    }
  }

  /** A statistic. */
  record StatLine(Stat stat) implements Line {
    private static final int AROUND = 8;

    @Override
    public int length() {
      return stat.name().length() + stat.value().length() + AROUND;
    }
  }

  /**
   * A line as it is on every wire.
   *
   * @param text of characters that stand for one byte each, as in ISO 8859-1
   */
  record TextLine(String text) implements Line {
    @Override
    public int length() {
      return text.length() + 2;
    }
  }

  /** An entry of the log that watchers are sent: words of the form {@code name=value}. */
  record LogLine(String text) implements Line {
    @Override
    public int length() {
      return text.length() + 1;
    }
  }

  /**
   * Asks for the next part. Not to be called again before that has come, nor after the last.
   *
   * @param taker is called once, now or later, on any thread; with null where a fault keeps the
   *     rest from being told, so that nobody takes what came for all
   */
  void next(Consumer<Part> taker);

  /** Ends the stream and frees what it uses; may be called from any thread, and more than once. */
  void close();
}
