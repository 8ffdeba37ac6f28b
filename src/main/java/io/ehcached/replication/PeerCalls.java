package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.replication.wire.FrameReader;
import io.ehcached.replication.wire.FrameType;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Serving;
import io.ehcached.replication.wire.Speaker;
import io.ehcached.replication.wire.Sums;
import io.ehcached.replication.wire.WireVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What can be asked of a peer; {@link Receiver} is the other end. Safe for use by many threads. */
final class PeerCalls {
  /** What clocks may differ before moments are translated from one to the other, in ms. */
  private static final long SAME_CLOCK_MILLIS = 500;

  /** How quick an answer must be to tell a clock by it, in ms. */
  private static final long PROMPT_MILLIS = 250;

  /** What even a slow network carries; a large frame has so much longer. */
  private static final int SLOWEST_BYTES_PER_MILLI = 1024;

  private static final int LIKELY_ENTRY_BYTES = 160;

  private final PeerLink link;
  private final Identity self;
  private final LongSupplier millis;
  private final long timeoutMillis;
  private volatile long offset;
  private volatile Speaker peer = Speaker.OLDEST;

  PeerCalls(PeerLink link, Identity self, LongSupplier millis, long timeoutMillis) {
    this.link = link;
    this.self = self;
    this.millis = millis;
    this.timeoutMillis = timeoutMillis;
  }

  /** Returns the same calls with another time to answer in. */
  PeerCalls within(long millisToAnswer) {
    PeerCalls calls = new PeerCalls(link, self, millis, millisToAnswer);
    calls.offset = offset;
    calls.peer = peer;
    return calls;
  }

  /** Returns the peer's wall clock less this node's, in milliseconds; 0 when they nearly agree. */
  long offset() {
    return offset;
  }

  /** Returns which version the peer speaks, and which release of the program it is. */
  Speaker peer() {
    return peer;
  }

  /** Meets the peer: everything else is then said in the newest version that both speak. */
  Hello hello() throws IOException {
    long start = millis.getAsLong();
    FrameWriter out = self.frame(WireVersion.OLDEST, FrameType.HELLO, 0);
    self.speaker().write(out);
    FrameReader in = call(out);
    Hello hello = Hello.read(in);
    tellClock(hello, start);
    hello = hello.with(Serving.read(in));
    peer = Speaker.read(in);
    return hello;
  }

  private FrameWriter frame(FrameType type, int expected) {
    return self.frame(peer.version().with(WireVersion.NEWEST), type, expected);
  }

  private void tellClock(Hello hello, long start) {
    long end = millis.getAsLong();
    if (end - start <= PROMPT_MILLIS) {
      long difference = hello.clock() - (start + end) / 2;
      offset = Math.abs(difference) < SAME_CLOCK_MILLIS ? 0 : difference;
    }
  }

  /**
   * Starts a frame of entries.
   *
   * @param waiting how many entries there may be for it: most often one
   */
  EntriesFrame entries(int waiting, int maxItems, int maxBytes) {
    long now = millis.getAsLong();
    int items = Math.min(waiting, maxItems);
    int expected = (int) Math.min((long) items * LIKELY_ENTRY_BYTES, maxBytes / 8);
    FrameWriter out = frame(FrameType.ENTRIES, expected).i64(now + offset);
    return new EntriesFrame(out, now, maxItems, maxBytes);
  }

  /** Hands entries over; returns how many were stamped too far in the future to be taken. */
  long send(EntriesFrame frame) throws IOException {
    return call(frame.out()).varint();
  }

  /**
   * Compares sums.
   *
   * @param since how long ago the slices that the peer adds were last added to, in milliseconds
   */
  Sums.Answer slices(long since, List<Sums.Slice> mine) throws IOException {
    FrameWriter out = frame(FrameType.SLICES, mine.size() * 8).varint(since);
    Sums.writeNumbers(out, mine);
    long start = millis.getAsLong();
    Sums.Answer answer = Sums.readAnswer(call(out));
    tellClock(answer.hello(), start);
    return answer;
  }

  long[] buckets() throws IOException {
    return Sums.readBuckets(call(frame(FrameType.BUCKETS, 0)));
  }

  /** Asks which of some writes the peer lacks; one answer for each, in their order. */
  Standing[] check(Checklist list) throws IOException {
    FrameReader in = call(list.writeTo(frame(FrameType.CHECK, list.size() * 32)));
    Standing[] answers = new Standing[in.count(1)];
    if (answers.length != list.size()) {
      throw new IOException(answers.length + " answers to " + list.size() + " stamps");
    }
    for (int i = 0; i < answers.length; i++) {
      answers[i] = Standing.of(in.u8());
    }
    return answers;
  }

  /** Asks for what stands under some keys; those of which the peer knows nothing are left out. */
  List<Entry> fetch(List<Key> keys) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int at = 0; at < keys.size(); ) {
      List<Key> rest = keys.subList(at, keys.size());
      FrameWriter out = frame(FrameType.FETCH, rest.size() * 32).varint(rest.size());
      rest.forEach(key -> out.bytes(key.bytes()));
      FrameReader in = call(out);
      at += Math.max(1, in.number()); // it stops where the answer gets large
      entries.addAll(readEntries(in));
    }
    return entries;
  }

  /**
   * Asks for a part of all that the peer holds.
   *
   * @param end the first bucket that is not wanted
   */
  Chunk chunk(Chunk.Place from, int end, int maxBytes) throws IOException {
    FrameWriter out = frame(FrameType.CHUNK, 32);
    from.write(out);
    FrameReader in = call(out.varint(end).varint(maxBytes));
    return new Chunk(Chunk.Place.read(in), in.varint(), readEntries(in));
  }

  private List<Entry> readEntries(FrameReader in) throws IOException {
    long base = in.i64() - offset;
    List<Entry> entries = new ArrayList<>();
    while (in.left() > 0) {
      entries.add(EntryCodec.read(in, base));
    }
    return entries;
  }

  private FrameReader call(FrameWriter out) throws IOException {
    long timeout = timeoutMillis + out.length() / SLOWEST_BYTES_PER_MILLI;
    FrameReader in = new FrameReader(link.call(out.toBytes(), timeout));
    if (in.u8() == Receiver.IS_SELF) {
      throw new IsSelfException();
    }
    return in;
  }
}
