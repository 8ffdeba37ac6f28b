package io.ehcached.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ehcached.protocol.text.TextDecoder;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder of the meta protocol. */
class FuzzMetaTest {
  private static final int MAX_UNTAKEN = 2048;

  @MethodSource("io.ehcached.fuzz.Seeds#meta")
  @FuzzTest
  void anyInput(byte[] input) {
    Decoding.check(TextDecoder::new, input, MAX_UNTAKEN);
  }
}
