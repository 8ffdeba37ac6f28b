package io.ehcached.replication.wire;

import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import io.ehcached.store.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Histories as bytes, from version 1.2 on. A history stands at the end of its frame, so that nodes
 * of 1.2 pass over what 1.3 adds to it.
 */
public final class HistoryCodec {
  private static final int CLAIM_BYTES = Long.BYTES + 1 + Long.BYTES + Long.BYTES;

  private HistoryCodec() {}

  /** Adds a history. */
  public static void write(FrameWriter out, HistoryView view) {
    out.varint(view.seen().size());
    view.seen().forEach(claim -> write(out, claim));
    write(out, view.untracked());
    write(out, view.singles());
    write(out, view.forgotten());
  }

  private static void write(FrameWriter out, List<Long> stamps) {
    out.varint(stamps.size());
    stamps.forEach(out::i64);
  }

  /** Adds a claim. */
  public static void write(FrameWriter out, Claim claim) {
    Origin origin = claim.origin();
    out.i64(origin.id()).u8(origin.number()).i64(origin.since()).i64(claim.upTo());
  }

  /** Reads a history. */
  public static HistoryView read(FrameReader in) throws IOException {
    List<Claim> seen = new ArrayList<>();
    for (int i = in.count(CLAIM_BYTES); i > 0; i--) {
      seen.add(readClaim(in));
    }
    if (seen.isEmpty() || seen.size() > History.MAX_ORIGINS + 1) {
      throw new IOException("a history of " + seen.size() + " origins");
    }
    List<Long> untracked = readStamps(in);
    List<Long> singles = readStamps(in);
    if (singles.size() > History.MAX_SINGLES) {
      throw new IOException("a history of " + singles.size() + " single writes");
    }
    List<Long> forgotten = in.left() == 0 ? List.of() : readStamps(in);
    return new HistoryView(seen, untracked, singles, forgotten);
  }

  private static List<Long> readStamps(FrameReader in) throws IOException {
    List<Long> stamps = new ArrayList<>();
    for (int i = in.count(Long.BYTES); i > 0; i--) {
      stamps.add(in.i64());
    }
    return stamps;
  }

  /** Reads a claim. */
  public static Claim readClaim(FrameReader in) throws IOException {
    return new Claim(new Origin(in.i64(), in.u8(), in.i64()), in.i64());
  }
}
