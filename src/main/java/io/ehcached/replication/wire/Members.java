package io.ehcached.replication.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peers a node has, as it tells others when they meet; from version 1.5 on.
 *
 * @param listed in a call: whether the caller itself found the node that it calls, by its list or
 *     by heartbeats. Older nodes call nobody else
 * @param urls where the peers within its reach are called, {@value #MAX_URLS} at most
 */
public record Members(boolean listed, List<String> urls) {
  /** The most peers that a node tells of, and takes from one call. */
  public static final int MAX_URLS = 256;

  /** What is known of a node that does not tell. */
  public static final Members UNTOLD = new Members(true, List.of());

  private static final int LISTED = 1;

  /** Makes one of the first {@value #MAX_URLS} URLs. */
  public Members {
    urls = List.copyOf(urls.subList(0, Math.min(MAX_URLS, urls.size())));
  }

  /** Adds it, behind all else. */
  public void write(FrameWriter out) {
    out.u8(listed ? LISTED : 0).varint(urls.size());
    urls.forEach(out::text);
  }

  /** Reads it where it is there. */
  public static Members read(FrameReader in) throws IOException {
    if (in.left() == 0) {
      return UNTOLD;
    }
    boolean listed = (in.u8() & LISTED) != 0;
    int count = in.count(1);
    if (count > MAX_URLS) {
      throw new IOException("a node tells of " + count + " peers");
    }
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      urls.add(PeerVersion.shown(in.text(), FrameHeader.MAX_URL));
    }
    return new Members(listed, urls);
  }
}
