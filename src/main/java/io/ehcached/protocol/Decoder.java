package io.ehcached.protocol;

import java.util.List;

/** Turns a connection's bytes into requests. Each connection has its own. */
public interface Decoder {
  /**
   * Reads requests until the input ends, {@code limit} requests have been added, or a {@link
   * Command#QUIT} was added, behind which nothing is read any more. Input split at any byte gives
   * the same requests.
   *
   * @param in what has arrived, from {@code from} on up to {@code to}; its first bytes are those
   *     that the call before did not take
   * @param out the batch to add to
   * @return the index of the first byte not taken; at most a few kB are ever left untaken when
   *     fewer than {@code limit} requests were added
   */
  int decode(byte[] in, int from, int to, List<Request> out, int limit);
}
