package io.ehcached.replication.wire;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node tells peers of itself when they meet, as names and texts; from version 1.4 on. A name
 * that a node does not know means nothing to it.
 *
 * @param values the texts by name, in the order in which operators are told of them
 */
public record NodeDescription(Map<String, String> values) {
  /** A node that tells nothing. */
  public static final NodeDescription NONE = new NodeDescription(Map.of());

  private static final int MAX_VALUES = 64;
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 256;

  /** Keeps the order of the values. */
  public NodeDescription {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Adds it, behind all else. */
  public void write(FrameWriter out) {
    out.varint(values.size());
    values.forEach((name, value) -> out.text(name).text(value));
  }

  /** Reads it where it is there. */
  public static NodeDescription read(FrameReader in) throws IOException {
    if (in.left() == 0) {
      return NONE;
    }
    int count = in.count(2);
    if (count > MAX_VALUES) {
      throw new IOException("a node describes itself by " + count + " values");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(PeerVersion.shown(in.text(), MAX_NAME), PeerVersion.shown(in.text(), MAX_VALUE));
    }
    return new NodeDescription(values);
  }
}
