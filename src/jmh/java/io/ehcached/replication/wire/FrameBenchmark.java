package io.ehcached.replication.wire;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.store.StoredItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Writing and reading one entry of a frame of 1,000: keys of 32 bytes, values of 100. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
  private static final int ENTRIES = 1000;
  private static final int VALUE = 100;
  private static final long BASE = 1L << 60;

  private final List<Entry> entries = new ArrayList<>();
  private byte[] frame;

  /** Makes the items. */
  @Setup
  public void fill() {
    for (int i = 0; i < ENTRIES; i++) {
      StoredItem item =
          StoredItem.written(
              Key.of("%032d".formatted(i)), new byte[VALUE], 0, Expiry.REGION, BASE + i, 1);
      entries.add(Entry.of(item));
    }
    frame = write();
  }

  /** Writes a frame. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public byte[] write() {
    FrameWriter out = new FrameWriter(ENTRIES * 2 * VALUE);
    for (Entry entry : entries) {
      EntryCodec.write(out, entry, BASE);
    }
    return out.toBytes();
  }

  /** Reads a frame. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void read(Blackhole blackhole) throws IOException {
    FrameReader in = new FrameReader(frame);
    while (in.left() > 0) {
      blackhole.consume(EntryCodec.read(in, BASE));
    }
  }
}
