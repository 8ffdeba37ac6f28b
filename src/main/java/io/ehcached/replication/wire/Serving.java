package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * Where a node serves clients, as it tells its peers at the end of an answer: nodes that do not
 * know of this do not read so far, and nothing is there in what they write.
 *
 * @param host its name or address, as clients are to write it
 * @param ip its address
 * @param port its port; 0 where clients cannot connect, or not yet
 * @param version the version of the cluster's membership as the node knows it
 */
public record Serving(String host, String ip, int port, long version) {
  /** Clients cannot connect. */
  public static final Serving NONE = new Serving("", "", 0, 0);

  private static final int MAX_PORT = 0xFFFF;

  /** Returns the same under another version. */
  public Serving at(long newVersion) {
    return new Serving(host, ip, port, newVersion);
  }

  /** Adds it to an answer, behind all else. */
  public void write(FrameWriter out) {
    out.text(host).text(ip).varint(port).varint(version);
  }

  /** Reads it where it is there. */
  public static Serving read(FrameReader in) throws IOException {
    if (in.left() == 0) {
      return NONE;
    }
    Serving serving = new Serving(in.text(), in.text(), in.number(), in.varint());
    if (serving.port > MAX_PORT || !isWord(serving.host) || !isWord(serving.ip)) {
      throw new IOException("no address for clients: " + serving);
    }
    return serving;
  }

  /** Tells whether clients can be told a text: nothing in it parts it from others. */
  private static boolean isWord(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '|');
  }
}
