package io.ehcached.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ehcached.protocol.binary.BinaryDecoder;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder of the binary protocol. */
class FuzzBinaryTest {
  private static final int MAX_UNTAKEN = 294;

  @MethodSource("io.ehcached.fuzz.Seeds#binary")
  @FuzzTest
  void anyInput(byte[] input) {
    Decoding.check(BinaryDecoder::new, input, MAX_UNTAKEN);
  }
}
