package io.ehcached.protocol;

import java.util.List;

/** A decoder that turns a connection's bytes into requests. Each connection has its own. */
public interface Decoder {
  /**
   * Reads requests until the input ends, {@code limit} requests have been added, or a {@link
   * Command#QUIT} was added, behind which nothing is read any more, or an {@link
   * Command#AUTHENTICATE} or {@link Command#WATCH}, behind which reading depends on its outcome and
   * goes on at the next call. Input split at any byte gives the same requests.
   *
   * @param in what has arrived, from {@code from} on up to {@code to}; its first bytes are those
   *     that the call before did not take
   * @param out the batch to add to
   * @return the index of the first byte not taken; at most a few kB are ever left untaken when
   *     fewer than {@code limit} requests were added, and none to watch
   */
  int decode(byte[] in, int from, int to, List<Request> out, int limit);

  /** The bytes that have arrived. */
  interface Source {
    /** Copies and consumes the next {@code length} bytes. */
    void read(byte[] to, int at, int length);
  }

  /**
   * Takes the bytes of the value that the decoder is reading, if any, directly from the source. May
   * be called only when all earlier bytes were taken.
   *
   * @param available how many bytes there are
   * @return how many were taken; all others are for {@link #decode}, the value's last byte included
   */
  default int takeValue(Source in, int available) {
    return 0;
  }

  /** Tells whether the bytes taken so far end within a request. */
  boolean isMidway();

  /** Tells whether the bytes taken so far end within or before a value to be stored. */
  boolean awaitsValue();

  /** Returns the memory that an incomplete value takes, in bytes. */
  int held();

  /**
   * Gives up an incomplete value: frees its memory, and discards the rest of it as it arrives.
   *
   * @return the request to execute in its place, which ends with {@link Status#OUT_OF_MEMORY}
   */
  Request giveUpValue();
}
