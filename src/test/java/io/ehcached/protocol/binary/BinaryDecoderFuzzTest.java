package io.ehcached.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Limits;
import io.ehcached.support.BinaryPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Input that nobody meant: whatever comes of it, it must not depend on how it arrives. */
class BinaryDecoderFuzzTest {
  private static final Limits LIMITS = new Limits(200);

  @Property(tries = 2000)
  void anyInput_givesTheSameWholeAndInPieces(
      @ForAll("input") byte[] in,
      @ForAll @IntRange(min = 1, max = 50) int piece,
      @ForAll @IntRange(min = 1, max = 4) int limit) {
    Connection whole = new Connection(LIMITS).receive(in);
    Connection split = new Connection(LIMITS);
    for (int at = 0; at < in.length; at += piece) {
      split.receive(Arrays.copyOfRange(in, at, Math.min(in.length, at + piece)), limit);
    }
    assertThat(split.described()).isEqualTo(whole.described());
    assertThat(split.untaken()).isEqualTo(whole.untaken());
    assertThat(whole.untaken()).isLessThan(24 + 20 + 250);
  }

  @Provide
  Arbitrary<byte[]> input() {
    return Arbitraries.frequencyOf(
            Tuple.of(20, packets()),
            Tuple.of(2, wrongPackets()),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(60)))
        .list()
        .ofMaxSize(20)
        .map(BinaryDecoderFuzzTest::joined);
  }

  /** Packets whose lengths are most often right for their opcodes. */
  private static Arbitrary<byte[]> packets() {
    return Combinators.combine(
            Arbitraries.of(Opcode.class),
            Arbitraries.of("k", "key", "k".repeat(250)),
            Arbitraries.of("", "v", "value", "v".repeat(100), "v".repeat(200)),
            Arbitraries.of(0L, 0L, 1L, -1L))
        .as(
            (opcode, key, value, cas) -> {
              BinaryPacket packet = Connection.packet(opcode).cas(cas);
              return switch (opcode.shape()) {
                case PLAIN -> packet.bytes();
                case KEY, WORDS -> packet.key(key).bytes();
                case VALUE -> packet.key(key).value(value).bytes();
                case ITEM -> packet.extra(0L).key(key).value(value).bytes();
                case EXPTIME -> packet.extra(0).key(key).bytes();
                case ARITHMETIC -> packet.extra(0L).extra(0L).extra(0).key(key).bytes();
                case DELAY, LEVEL -> packet.extra(1).bytes();
              };
            });
  }

  private static Arbitrary<byte[]> wrongPackets() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 255),
            Arbitraries.of(0, 0, 4, 8, 20, 255),
            Arbitraries.of(0, 1, 250, 251, 0xffff),
            Arbitraries.of(0L, 1L, 8L, 9L, 24L, 300L, 1L << 30, (1L << 30) + 1, 0xffff_ffffL),
            Arbitraries.of("", "v", "v".repeat(300)))
        .as(
            (opcode, extras, key, body, value) ->
                BinaryPacket.of(opcode)
                    .extrasLength(extras)
                    .keyLength(key)
                    .bodyLength(body)
                    .value(value)
                    .bytes());
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }
}
