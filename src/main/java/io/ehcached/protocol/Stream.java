package io.ehcached.protocol;

import io.ehcached.item.Key;
import java.util.List;
import java.util.function.Consumer;

/**
 * An answer of unknown length, made part by part as the client takes it, so that however much there
 * is to tell and however slowly the client reads, no more than a part waits in memory.
 */
public interface Stream {
  /** About how many bytes a part is to have on the wire. */
  int PART_BYTES = 64 * 1024;

  /**
   * Some lines of the answer.
   *
   * @param isLast whether nothing follows
   */
  record Part(List<Line> lines, boolean isLast) {
    /** Makes one; the lines are copied. */
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /** One line, on no particular wire. */
  sealed interface Line permits ItemLine, StatLine, TextLine, LogLine {
    /** Returns about how many bytes it takes on the wire. */
    int length();
  }

  /**
   * What is told of an item where items are listed.
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

  /** A measure among others. */
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

  /** Gives up what was not sent, and what that took; from any thread, as often as wanted. */
  void close();
}
