package io.ehcached.replication.wire;

import io.ehcached.store.Digests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sums as bytes; {@link Digests} says what they are. */
public final class Sums {
  private static final int LEAST = 1 + Long.BYTES + 1;

  private Sums() {}

  /**
   * One slice's sum.
   *
   * @param age how long ago something was last added to it, in milliseconds; -1 when long ago
   */
  public record Slice(long number, long sum, long age) {}

  /** What a node answers: itself, and the sums asked for and those of its own recent slices. */
  public record Answer(Hello hello, List<Slice> slices) {}

  /** Adds the numbers of slices. */
  public static void writeNumbers(FrameWriter out, List<Slice> slices) {
    out.varint(slices.size());
    for (Slice slice : slices) {
      out.signed(slice.number());
    }
  }

  /** Reads the numbers of slices. */
  public static List<Long> readNumbers(FrameReader in) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (int i = in.count(1); i > 0; i--) {
      numbers.add(in.signed());
    }
    return numbers;
  }

  /** Adds an answer. */
  public static void writeAnswer(FrameWriter out, Answer answer) {
    answer.hello().write(out);
    out.varint(answer.slices().size());
    for (Slice slice : answer.slices()) {
      out.signed(slice.number()).i64(slice.sum()).signed(slice.age());
    }
    answer.hello().serving().write(out);
    if (answer.hello().history() != null) {
      HistoryCodec.write(out, answer.hello().history());
    }
  }

  /** Reads an answer. */
  public static Answer readAnswer(FrameReader in) throws IOException {
    Hello hello = Hello.read(in);
    List<Slice> slices = new ArrayList<>();
    for (int i = in.count(LEAST); i > 0; i--) {
      slices.add(new Slice(in.signed(), in.i64(), in.signed()));
    }
    hello = hello.with(Serving.read(in));
    return new Answer(in.left() == 0 ? hello : hello.with(HistoryCodec.read(in)), slices);
  }

  /** Adds the sums of all buckets. */
  public static void writeBuckets(FrameWriter out, long[] sums) {
    for (long sum : sums) {
      out.i64(sum);
    }
  }

  /** Reads the sums of all buckets. */
  public static long[] readBuckets(FrameReader in) throws IOException {
    long[] sums = new long[Digests.BUCKETS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.i64();
    }
    return sums;
  }
}
