package io.ehcached.protocol.line;

import io.ehcached.item.Key;
import io.ehcached.protocol.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line, as offsets into the input, so that nothing is copied. Reused for each line.
 */
public final class Words {
  /** The number of a line's words that memcached reads; further ones are only counted. */
  public static final int KEPT = 23;

  private static final byte SPACE = ' ';
  private static final byte[] NOREPLY = "noreply".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final int[] starts = new int[KEPT];
  private final int[] ends = new int[KEPT];
  private byte[] in;
  private int count;
  private int longest;
  private int lastStart;
  private int lastEnd;

  /** Finds the words between {@code from} and {@code to}, which one or more spaces separate. */
  public void find(byte[] input, int from, int to) {
    in = input;
    count = 0;
    longest = 0;
    int at = from;
    while (true) {
      while (at < to && input[at] == SPACE) {
        at++;
      }
      if (at == to) {
        return;
      }
      int start = at;
      at = Scan.indexOfEither(SPACE, SPACE, input, at, to);
      add(start, at);
    }
  }

  private void add(int start, int end) {
    if (count < KEPT) {
      starts[count] = start;
      ends[count] = end;
      lastStart = start;
      lastEnd = end;
    }
    count++;
    longest = Math.max(longest, end - start);
  }

  /** Releases the input. */
  public void forget() {
    in = null;
  }

  /** Returns the number of words. */
  public int count() {
    return count;
  }

  /** Returns the length of the longest word, in bytes. */
  public int longest() {
    return longest;
  }

  /** Returns the index at which a word starts. */
  public int start(int word) {
    return starts[word];
  }

  /** Returns the index behind a word. */
  public int end(int word) {
    return ends[word];
  }

  /** Returns the length of a word, in bytes. */
  public int length(int word) {
    return ends[word] - starts[word];
  }

  /** Tells whether the last word is {@code noreply}, as memcached does. */
  public boolean endInNoreply() {
    return count > 0 && lastEnd - lastStart == NOREPLY.length && lastStartsWith(NOREPLY);
  }

  /** Tells whether the line looks like an HTTP request. */
  public boolean looksLikeHttp() {
    return count > 1 && lastStartsWith(HTTP);
  }

  private boolean lastStartsWith(byte[] word) {
    if (lastEnd - lastStart < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (in[lastStart + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the input. */
  public byte[] in() {
    return in;
  }

  /** Returns a word's byte at {@code index}, or 0 where the word has ended. */
  public int byteAt(int word, int index) {
    return index < length(word) ? in[starts[word] + index] & 0xFF : 0;
  }

  /** Tells whether a word is too long for a key. */
  public boolean isTooLongForKey(int word) {
    return length(word) > Key.MAX_LENGTH;
  }

  /** Returns a word as a key. */
  public Key key(int word) {
    return Key.of(in, starts[word], length(word));
  }

  /** Returns a word as {@link Decimal#unsigned32}; -1 if there is no such word. */
  public long unsigned32(int word) {
    return word < count ? Decimal.unsigned32(in, starts[word], ends[word]) : -1;
  }

  /**
   * Returns a word as {@link Decimal#signed32}; {@link Decimal#NOT_A_NUMBER} if there is no such
   * word.
   */
  public long signed32(int word) {
    return word < count ? Decimal.signed32(in, starts[word], ends[word]) : Decimal.NOT_A_NUMBER;
  }

  /**
   * Returns a word as {@link Decimal#lenientSigned64}; {@link Decimal#NOT_A_NUMBER} if there is no
   * such word.
   */
  public long lenientSigned64(int word) {
    return word < count
        ? Decimal.lenientSigned64(in, starts[word], ends[word])
        : Decimal.NOT_A_NUMBER;
  }

  /** Tells whether there is such a word and it is an unsigned 64-bit number. */
  public boolean isUnsigned64(int word) {
    return word < count && Decimal.isUnsigned64(in, starts[word], ends[word]);
  }

  /** Returns the number for which {@link #isUnsigned64} holds; unsigned. */
  public long unsigned64(int word) {
    return Decimal.unsigned64(in, starts[word], ends[word]);
  }

  /** Returns the words behind the first as text. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (int word = 1; word < Math.min(count, KEPT); word++) {
      arguments.add(new String(in, starts[word], length(word), StandardCharsets.ISO_8859_1));
    }
    return arguments;
  }
}
