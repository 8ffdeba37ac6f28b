package io.ehcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.binary.BinaryDecoder;
import io.ehcached.protocol.text.TextDecoder;
import io.ehcached.support.BinaryPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values whose parts are taken right from where they arrived, in pieces of any size. */
class TakenValueTest {
  private static final Limits LIMITS = new Limits(1 << 20);

  /** No more memory than so many times what has arrived, or so much at first. */
  private static final int GROWTH = 64;

  private static final int FIRST = 1024;

  static List<byte[]> inputs() {
    List<byte[]> inputs = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 1023, 1024, 1025, 4096, 4097, 65_536, 300_000}) {
      byte[] value = new byte[length];
      new Random(length).nextBytes(value);
      String text = new String(value, StandardCharsets.ISO_8859_1);
      inputs.add(Feed.bytes("set k 0 0 " + length + "\r\n" + text + "\r\nmn\r\n"));
      inputs.add(Feed.bytes("ms k " + length + "\r\n" + text + "\r\nmn\r\n"));
      byte[] packet = BinaryPacket.of(1).extra(0L).key("k").value(text).bytes();
      byte[] noop = BinaryPacket.of(0x0a).bytes();
      byte[] both = Arrays.copyOf(packet, packet.length + noop.length);
      System.arraycopy(noop, 0, both, packet.length, noop.length);
      inputs.add(both);
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void partsTakenFromWhereTheyArrived_makeTheSameRequests(byte[] input) {
    List<Request> expected = new ArrayList<>();
    decoder(input).decode(input, 0, input.length, expected, 10);
    assertThat(expected).hasSize(2);
    for (int seed = 0; seed < 20; seed++) {
      List<Request> requests = inPieces(input, new Random(seed));
      assertThat(requests).extracting(Request::command).containsExactly(Command.SET, Command.NOOP);
      assertThat(requests.get(0).value()).isEqualTo(expected.get(0).value());
    }
  }

  private static Decoder decoder(byte[] input) {
    return input[0] == BinaryDecoder.MAGIC ? new BinaryDecoder(LIMITS) : new TextDecoder(LIMITS);
  }

  private static List<Request> inPieces(byte[] input, Random random) {
    Decoder decoder = decoder(input);
    List<Request> requests = new ArrayList<>();
    int at = 0; // what is taken
    int to = 0; // what has arrived
    int max = 1 + random.nextInt(Math.max(1, input.length / 2));
    while (to < input.length) {
      boolean allTaken = at == to;
      to = Math.min(input.length, to + 1 + random.nextInt(max));
      if (allTaken) {
        int from = at;
        at += decoder.takeValue((in, i, n) -> System.arraycopy(input, from, in, i, n), to - at);
      }
      at = decoder.decode(input, at, to, requests, 10);
      assertThat(decoder.held()).isLessThanOrEqualTo(Math.max(FIRST, GROWTH * to));
    }
    assertThat(at).isEqualTo(input.length);
    return requests;
  }
}
