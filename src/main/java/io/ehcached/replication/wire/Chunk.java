package io.ehcached.replication.wire;

import java.io.IOException;
import java.util.List;

/**
 * A part of all that a node holds.
 *
 * @param next where the next part starts
 * @param total how many items there are in all, roughly
 */
public record Chunk(Place next, long total, List<Entry> entries) {
  /**
   * A place in all that a node holds.
   *
   * @param view the source's name for the list that it made of its keys; 0 for a new one
   * @param bucket counts up to {@link io.ehcached.store.Digests#BUCKETS}, which is the end
   * @param index within the bucket; means nothing in another view
   */
  public record Place(long view, int bucket, int index) {
    /** Writes the place. */
    public void write(FrameWriter out) {
      out.i64(view).varint(bucket).varint(index);
    }

    /** Reads a place. */
    public static Place read(FrameReader in) throws IOException {
      return new Place(in.i64(), in.number(), in.number());
    }
  }
}
