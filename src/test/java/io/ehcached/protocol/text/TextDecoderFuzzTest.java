package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Limits;
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
class TextDecoderFuzzTest {
  private static final Limits LIMITS = new Limits(200);

  @Property(tries = 2000)
  void anyInput_givesTheSameWholeAndInPieces(
      @ForAll("input") String input,
      @ForAll @IntRange(min = 1, max = 50) int piece,
      @ForAll @IntRange(min = 1, max = 4) int limit) {
    byte[] in = Connection.bytes(input);
    Connection whole = new Connection(LIMITS).receive(in);
    Connection split = new Connection(LIMITS);
    for (int at = 0; at < in.length; at += piece) {
      split.receive(Arrays.copyOfRange(in, at, Math.min(in.length, at + piece)), limit);
    }
    assertThat(split.described()).isEqualTo(whole.described());
    assertThat(split.untaken()).isEqualTo(whole.untaken());
    assertThat(whole.untaken()).isLessThanOrEqualTo(TextDecoder.MAX_LINE);
  }

  @Provide
  Arbitrary<String> input() {
    Arbitrary<String> words =
        Arbitraries.of(
            List.of(
                "get",
                "gets",
                "gat",
                "gats",
                "set",
                "add",
                "cas",
                "incr",
                "decr",
                "delete",
                "touch",
                "flush_all",
                "verbosity",
                "stats",
                "mn",
                "mg",
                "ms",
                "md",
                "ma",
                "me",
                "k v t",
                "T30 N5",
                "O123",
                "b",
                "Zm9v",
                "noreply",
                "key",
                "0",
                "1",
                "2",
                "10",
                "100",
                "200",
                "2147483645",
                "-1",
                "HTTP/1.1"));
    Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", "  ", "\r\n", "\r\n", "\n", "\r", "");
    Arbitrary<String> odd =
        Arbitraries.frequencyOf(
            Tuple.of(20, words),
            Tuple.of(
                3,
                Arbitraries.of(
                    "set key 0 0 2\r\n", "ms key 2 c\r\n", "ms k 2 Z\r\n", "get a b c", "k\r\n")),
            Tuple.of(1, Arbitraries.of("k".repeat(249), " ".repeat(2040))),
            Tuple.of(1, Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(5)));
    return Combinators.combine(odd, gaps)
        .as(String::concat)
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }
}
