package io.ehcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.binary.BinaryDecoder;
import io.ehcached.protocol.text.TextDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value of which a part has arrived: what it takes, and what becomes of it when given up. */
class HalfValueTest {
  private static final Limits LIMITS = new Limits(1 << 20);
  private static final int LENGTH = 100_000;

  private final List<Request> requests = new ArrayList<>();

  private void feed(Decoder decoder, byte[] in) {
    assertThat(decoder.decode(in, 0, in.length, requests, 10)).isEqualTo(in.length);
  }

  @ParameterizedTest
  @CsvSource({
    "set k 0 0 100000, SET",
    "add k 0 0 100000, INVALID",
    "cas k 0 0 100000 7, INVALID",
    "ms k 100000, SET",
    "ms k 100000 ME, INVALID"
  })
  void textValueGivenUp_isRefusedAndSwallowed(String line, Command command) {
    Decoder decoder = new TextDecoder(LIMITS);
    assertThat(decoder.isMidway()).isFalse();
    feed(decoder, Feed.bytes(line + "\r\n" + "v".repeat(60_000)));
    assertThat(decoder.isMidway()).isTrue();
    assertThat(decoder.held()).isBetween(60_000, LENGTH);

    Request refused = decoder.giveUpValue();

    assertThat(refused.command()).isEqualTo(command);
    assertThat(refused.error()).isEqualTo(Status.OUT_OF_MEMORY);
    assertThat(decoder.held()).isZero();
    assertThat(decoder.isMidway()).isTrue();
    feed(decoder, Feed.bytes("v".repeat(40_000) + "\r\nmn\r\n"));
    assertThat(requests).extracting(Request::command).containsExactly(Command.NOOP);
    assertThat(decoder.isMidway()).isFalse();
  }

  @Test
  void binaryValueGivenUp_isRefusedWithItsOpaqueAndSwallowed() {
    byte[] packet = new byte[24 + 8 + 1 + LENGTH];
    packet[0] = (byte) 0x80;
    packet[1] = 2; // add
    packet[3] = 1;
    packet[4] = 8;
    int body = 9 + LENGTH;
    packet[9] = (byte) (body >> 16);
    packet[10] = (byte) (body >> 8);
    packet[11] = (byte) body;
    packet[15] = 77; // opaque
    byte[] noop = new byte[24];
    noop[0] = (byte) 0x80;
    noop[1] = 0x0a;
    Decoder decoder = new BinaryDecoder(LIMITS);
    feed(decoder, Arrays.copyOf(packet, 60_000));
    assertThat(decoder.held()).isBetween(59_000, LENGTH);

    Request refused = decoder.giveUpValue();

    assertThat(refused.error()).isEqualTo(Status.OUT_OF_MEMORY);
    assertThat(refused.fields()).isEqualTo(77);
    assertThat(refused.form()).isEqualTo(2);
    assertThat(decoder.held()).isZero();
    feed(decoder, new byte[packet.length - 60_000]);
    assertThat(decoder.isMidway()).isFalse();
    feed(decoder, noop);
    assertThat(requests).extracting(Request::command).containsExactly(Command.NOOP);
  }
}
