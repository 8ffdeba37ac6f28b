package io.ehcached.replication.sender;

import io.ehcached.item.Key;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.wire.Chunk;
import io.ehcached.replication.wire.EntriesFrame;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.replication.wire.FrameHeader;
import io.ehcached.replication.wire.FrameReader;
import io.ehcached.replication.wire.FrameType;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.HistoryCodec;
import io.ehcached.replication.wire.IsSelfException;
import io.ehcached.replication.wire.Members;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.PeerVersion;
import io.ehcached.replication.wire.RefusedException;
import io.ehcached.replication.wire.Serving;
import io.ehcached.replication.wire.StampComparison;
import io.ehcached.replication.wire.StampQuery;
import io.ehcached.replication.wire.Sums;
import io.ehcached.replication.wire.WireVersion;
import io.ehcached.store.HistoryView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be asked of a peer, whose receiver is the other end. Answers come as tasks of the
 * executor that the calls were made with, and so does each failure, until {@link #close}.
 */
public final class PeerCalls {
  /** What clocks may differ before moments are translated from one to the other, in ms. */
  private static final long SAME_CLOCK_MILLIS = 500;

  /** How quick an answer must be to tell a clock by its middle, in ms. */
  private static final long PROMPT_MILLIS = 250;

  /** What even a slow network carries; a large frame has so much longer. */
  private static final int SLOWEST_BYTES_PER_MILLI = 1024;

  private static final int LIKELY_ENTRY_BYTES = 160;

  private final PeerLink link;
  private final LocalReplica local;
  private final Environment environment;
  private final SerialExecutor executor;
  private final long timeoutMillis;
  private final Met met;
  private final Consumer<Exception> onFailure;
  private boolean closed; // by the executor's tasks

  /** What all calls to a peer share: the version to speak, and how the clocks differ. */
  static final class Met {
    private volatile long offset;
    private volatile PeerVersion speaker = PeerVersion.OLDEST;
    private volatile NodeDescription description = NodeDescription.NONE;
    private volatile NodeDescription told = NodeDescription.NONE;
    private volatile Members members = Members.UNTOLD;

    /** Returns which version the peer speaks, and which release of the program it is. */
    PeerVersion speaker() {
      return speaker;
    }

    /** Returns how the peer described itself when it was met last. */
    NodeDescription description() {
      return description;
    }

    /** Returns how this node described itself when the peer last answered that. */
    NodeDescription told() {
      return told;
    }

    /** Returns which peers it had when it was met last. */
    Members members() {
      return members;
    }

    /** Returns the peer's wall clock less this node's, in ms; 0 when they nearly agree. */
    long offset() {
      return offset;
    }
  }

  /** Takes an answer, by a task of the executor. */
  @FunctionalInterface
  public interface Reply<T> {
    /** Takes it; what is thrown counts as a failure of the call. */
    void accept(T answer) throws IOException;
  }

  @FunctionalInterface
  private interface Decoder<T> {
    T read(FrameReader in) throws IOException;
  }

  /**
   * Makes the calls of one executor.
   *
   * @param onFailure takes the exception of a call that fails, or of the code that takes its answer
   */
  PeerCalls(
      PeerLink link,
      LocalReplica local,
      SerialExecutor executor,
      long timeoutMillis,
      Met met,
      Consumer<Exception> onFailure) {
    this.link = link;
    this.local = local;
    this.environment = local.environment();
    this.executor = executor;
    this.timeoutMillis = timeoutMillis;
    this.met = met;
    this.onFailure = onFailure;
  }

  /** Has answers that are still to come, and failures, pass unheeded. A task calls. */
  public void close() {
    closed = true;
  }

  /** Meets the peer: everything else is then said in the newest version that both speak. */
  public void hello(Reply<Hello> reply) {
    long start = environment.wallMillis();
    FrameWriter out = local.self().frame(WireVersion.OLDEST, FrameType.HELLO, 0);
    local.self().speaker().write(out);
    HistoryCodec.write(out, local.history().view());
    NodeDescription mine = local.description();
    mine.write(out);
    local.membersFor(link.url()).write(out);
    call(
        out,
        in -> {
          Hello hello = Hello.read(in);
          tellClock(hello, start);
          hello = hello.with(Serving.read(in));
          met.speaker = PeerVersion.read(in);
          hello = in.left() == 0 ? hello : hello.with(HistoryCodec.read(in));
          met.description = NodeDescription.read(in);
          met.told = mine;
          met.members = Members.read(in);
          return hello;
        },
        reply);
  }

  /**
   * Tells the peer that it holds all that this node held when its history was this.
   *
   * @param incarnation of the peer that this is true of
   */
  public void agreed(long incarnation, HistoryView view, Reply<Void> reply) {
    FrameWriter out = frame(FrameType.AGREED, 64).i64(incarnation);
    HistoryCodec.write(out, view);
    call(out, in -> null, reply);
  }

  /** Tells whether the peer knows of histories. */
  public boolean speaksOfHistories() {
    return met.speaker.version().compareTo(WireVersion.HISTORIES) >= 0;
  }

  private FrameWriter frame(FrameType type, int expected) {
    return local.self().frame(met.speaker.version().with(WireVersion.NEWEST), type, expected);
  }

  private void tellClock(Hello hello, long start) {
    long end = environment.wallMillis();
    long least = hello.clock() - end;
    long max = hello.clock() - start;
    long difference =
        end - start <= PROMPT_MILLIS
            ? (least + max) / 2
            : Math.max(least, Math.min(max, met.offset)); // no nearer than the answer was slow
    met.offset = Math.abs(difference) < SAME_CLOCK_MILLIS ? 0 : difference;
  }

  /**
   * Starts a frame of entries.
   *
   * @param waiting how many entries there may be for it: most often one
   */
  EntriesFrame entries(int waiting, int maxItems, int maxBytes) {
    long now = environment.wallMillis();
    int items = Math.min(waiting, maxItems);
    int expected = (int) Math.min((long) items * LIKELY_ENTRY_BYTES, maxBytes / 8);
    FrameWriter out = frame(FrameType.ENTRIES, expected).i64(now + met.offset);
    return new EntriesFrame(out, now, speaksOfHistories(), maxItems, maxBytes);
  }

  /** Hands entries over; answers how many were stamped too far in the future to be taken. */
  void send(EntriesFrame frame, Reply<Long> reply) {
    call(frame.out(), FrameReader::varint, reply);
  }

  /**
   * Compares sums.
   *
   * @param since how long ago the slices that the peer adds were last added to, in milliseconds
   */
  public void slices(long since, List<Sums.Slice> mine, Reply<Sums.Answer> reply) {
    FrameWriter out = frame(FrameType.SLICES, mine.size() * 8).varint(since);
    Sums.writeNumbers(out, mine);
    long start = environment.wallMillis();
    call(
        out,
        in -> {
          Sums.Answer answer = Sums.readAnswer(in);
          tellClock(answer.hello(), start);
          return answer;
        },
        reply);
  }

  /** Asks for the sums of all buckets: see {@link io.ehcached.store.Digests#buckets}. */
  public void buckets(Reply<long[]> reply) {
    call(frame(FrameType.BUCKETS, 0), Sums::readBuckets, reply);
  }

  /**
   * Asks which of some writes the peer lacks; one answer for each, in their order.
   *
   * @param process the process of the peer that is meant: another one at its address lacks all of
   *     them, and does not answer
   */
  public void check(long process, StampQuery list, Reply<StampComparison[]> reply) {
    int asked = list.size();
    FrameWriter out = list.writeTo(frame(FrameType.CHECK, asked * 32));
    if (met.speaker().version().compareTo(WireVersion.MEMBERS) >= 0) {
      out.i64(process);
    }
    call(
        out,
        in -> {
          StampComparison[] answers = new StampComparison[in.count(1)];
          if (answers.length != asked) {
            throw new IOException(answers.length + " answers to " + asked + " stamps");
          }
          for (int i = 0; i < answers.length; i++) {
            answers[i] = StampComparison.of(in.u8());
          }
          return answers;
        },
        reply);
  }

  /** Asks for what stands under some keys; those of which the peer knows nothing are left out. */
  public void fetch(List<Key> keys, Reply<List<Entry>> reply) {
    fetch(keys, 0, new ArrayList<>(), reply);
  }

  private void fetch(List<Key> keys, int from, List<Entry> entries, Reply<List<Entry>> reply) {
    List<Key> rest = keys.subList(from, keys.size());
    FrameWriter out = frame(FrameType.FETCH, rest.size() * 32).varint(rest.size());
    rest.forEach(key -> out.bytes(key.bytes()));
    call(
        out,
        in -> {
          int next = from + Math.max(1, in.number()); // it stops where the answer gets large
          entries.addAll(readEntries(in));
          return next;
        },
        next -> {
          if (next < keys.size()) {
            fetch(keys, next, entries, reply);
          } else {
            reply.accept(entries);
          }
        });
  }

  /**
   * Asks for a part of all that the peer holds.
   *
   * @param end the first bucket that is not wanted
   */
  public void chunk(Chunk.Place from, int end, int maxBytes, Reply<Chunk> reply) {
    FrameWriter out = frame(FrameType.CHUNK, 32);
    from.write(out);
    call(
        out.varint(end).varint(maxBytes),
        in -> new Chunk(Chunk.Place.read(in), in.varint(), readEntries(in)),
        reply);
  }

  private List<Entry> readEntries(FrameReader in) throws IOException {
    long base = in.i64() - met.offset;
    List<Entry> entries = new ArrayList<>();
    while (in.left() > 0) {
      entries.add(EntryCodec.read(in, base));
    }
    return entries;
  }

  private <T> void call(FrameWriter out, Decoder<T> decoder, Reply<T> reply) {
    long timeout = timeoutMillis + out.length() / SLOWEST_BYTES_PER_MILLI;
    executor.call(
        link,
        out.toBytes(),
        timeout,
        (answer, failure) -> {
          if (closed) {
            return;
          }
          try {
            if (failure != null) {
              throw failure;
            }
            FrameReader in = new FrameReader(answer);
            int code = in.u8();
            if (code == FrameHeader.IS_SELF) {
              throw new IsSelfException();
            } else if (code == FrameHeader.REFUSED) {
              throw RefusedException.read(in);
            }
            reply.accept(decoder.read(in));
          } catch (IOException | RuntimeException e) {
            onFailure.accept(e);
          }
        });
  }
}
