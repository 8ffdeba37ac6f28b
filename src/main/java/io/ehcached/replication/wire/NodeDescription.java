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

  /** The longest name that a node may have, in characters. */
  public static final int MAX_NODE_NAME = 64;

  private static final String NODE_NAME = "name";
  private static final String STOPPING = "stopping";
  private static final int MAX_VALUES = 64;
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 256;

  /** Keeps the order of the values. */
  public NodeDescription {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns the same of a node with a name. */
  public NodeDescription named(String name) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(NODE_NAME, name);
    return new NodeDescription(more);
  }

  /** Returns the same of a node that is about to stop, as its operator wants. */
  public NodeDescription stopping() {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(STOPPING, "yes");
    return new NodeDescription(more);
  }

  /** Tells whether the node is about to stop. */
  public boolean isStopping() {
    return values.containsKey(STOPPING);
  }

  /** Returns the node's name, of letters, digits, dots, hyphens and underscores; empty if none. */
  public String name() {
    return shownName(values.getOrDefault(NODE_NAME, ""));
  }

  /** Returns a text as the name of a node: what a name cannot have is replaced by a hyphen. */
  public static String shownName(String text) {
    String some = text.length() > MAX_NODE_NAME ? text.substring(0, MAX_NODE_NAME) : text;
    return some.replaceAll("[^A-Za-z0-9._-]", "-");
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
