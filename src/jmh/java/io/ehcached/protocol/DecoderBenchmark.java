package io.ehcached.protocol;

import io.ehcached.protocol.binary.BinaryDecoder;
import io.ehcached.protocol.text.TextDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one request of a batch of 16 that has arrived whole: keys of 32 bytes, values of 100. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecoderBenchmark {
  private static final int BATCH = 16;
  private static final int KEY = 32;
  private static final String VALUE = "v".repeat(100);
  private static final int HEADER = 24;
  private static final int EXTRAS = 8;

  /** What is read. */
  public enum Kind {
    TEXT_GET,
    TEXT_SET,
    META_GET,
    META_SET,
    BINARY_GET,
    BINARY_SET
  }

  @Param public Kind kind;

  private final List<Request> requests = new ArrayList<>();
  private Decoder decoder;
  private byte[] input;

  /** Writes the batch. */
  @Setup
  public void write() {
    Limits limits = new Limits(1 << 20);
    boolean binary = kind == Kind.BINARY_GET || kind == Kind.BINARY_SET;
    decoder = binary ? new BinaryDecoder(limits) : new TextDecoder(limits);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < BATCH; i++) {
      out.writeBytes(request(("%0" + KEY + "d").formatted(i)));
    }
    input = out.toByteArray();
    if (decode().size() != BATCH) {
      throw new IllegalStateException(kind + " is not read as " + BATCH + " requests");
    }
  }

  private byte[] request(String key) {
    return switch (kind) {
      case TEXT_GET -> text("get " + key + "\r\n");
      case TEXT_SET -> text("set " + key + " 0 0 " + VALUE.length() + "\r\n" + VALUE + "\r\n");
      case META_GET -> text("mg " + key + " v\r\n");
      case META_SET -> text("ms " + key + " " + VALUE.length() + "\r\n" + VALUE + "\r\n");
      case BINARY_GET -> packet(0x00, 0, key, "");
      case BINARY_SET -> packet(0x01, EXTRAS, key, VALUE);
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] packet(int opcode, int extras, String key, String value) {
    int body = extras + key.length() + value.length();
    ByteBuffer packet = ByteBuffer.allocate(HEADER + body);
    packet.put((byte) 0x80).put((byte) opcode).putShort((short) key.length()).put((byte) extras);
    packet.put((byte) 0).putShort((short) 0).putInt(body).putInt(0).putLong(0);
    packet.put(new byte[extras]).put(text(key)).put(text(value));
    return packet.array();
  }

  /** Reads the batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Request> decode() {
    requests.clear();
    decoder.decode(input, 0, input.length, requests, BATCH);
    return requests;
  }
}
