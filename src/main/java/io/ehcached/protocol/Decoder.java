package io.ehcached.protocol;

import java.util.List;

/** Turns a connection's bytes into requests. Each connection has its own. */
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

  /** Where bytes have arrived. */
  interface Source {
    /** Copies so many bytes, the first that are left, and has done with them. */
    void read(byte[] to, int at, int length);
  }

  /**
   * Takes what belongs to the value that the decoder is in the midst of, if it is, right from where
   * it has arrived. To be asked only when nothing is left untaken.
   *
   * @param available how many bytes there are
   * @return how many were taken; all others are for {@link #decode}, the value's last byte included
   */
  default int takeValue(Source in, int available) {
    return 0;
  }

  /** Tells whether what was taken so far ends within a request. */
  boolean isMidway();

  /** Tells whether what was taken so far ends within a value that is to be stored, or before it. */
  boolean awaitsValue();

  /** Returns how many bytes of memory the part of a value takes that has arrived so far. */
  int held();

  /**
   * Gives up the value of which a part is {@link #held()}: lets go of the memory, and takes what
   * follows of it only to throw it away.
   *
   * @return the request to execute in its place, which ends with {@link Status#OUT_OF_MEMORY}
   */
  Request giveUpValue();
}
