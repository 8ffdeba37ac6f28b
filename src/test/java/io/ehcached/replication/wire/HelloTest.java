package io.ehcached.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloTest {
  private static final int BITS_AT = 16;

  private static Hello hello(int bits) {
    return new Hello(
        7, 8, (bits & 1) != 0, (bits & 4) != 0, (bits & 2) != 0, 3, -1, Serving.NONE, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void eachBit_isToldByItself(int bits) throws IOException {
    FrameWriter out = new FrameWriter(16);
    hello(bits).write(out);
    assertThat(out.toBytes()[BITS_AT]).isEqualTo((byte) bits);
    assertThat(Hello.read(new FrameReader(out.toBytes()))).isEqualTo(hello(bits));
  }

  /** As a node does that is newer. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 128})
  void bitThatIsNotKnown_isPassedOver(int unknown) throws IOException {
    FrameWriter out = new FrameWriter(16);
    hello(3).write(out);
    byte[] bytes = out.toBytes();
    bytes[BITS_AT] |= (byte) unknown;
    assertThat(Hello.read(new FrameReader(bytes))).isEqualTo(hello(3));
  }
}
