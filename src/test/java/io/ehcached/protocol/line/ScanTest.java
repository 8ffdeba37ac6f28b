package io.ehcached.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

class ScanTest {
  @Property
  void findsWhatALoopFinds(
      @ForAll @Size(max = 40) byte[] in,
      @ForAll @ByteRange(min = -2, max = 2) byte one,
      @ForAll byte other,
      @ForAll @ByteRange(min = 0, max = 40) byte bound,
      @ForAll @ByteRange(min = 0, max = 40) byte start) {
    int to = Math.min(bound, in.length);
    int from = Math.min(start, to);
    int expected = from;
    while (expected < to && in[expected] != one && in[expected] != other) {
      expected++;
    }

    assertThat(Scan.indexOfEither(one, other, in, from, to)).isEqualTo(expected);
  }

  @Property
  void indexOf_isMinusOneWhereThereIsNone(
      @ForAll @Size(max = 40) byte[] in, @ForAll @ByteRange(min = -2, max = 2) byte sought) {
    int expected = -1;
    for (int i = in.length - 1; i >= 0; i--) {
      expected = in[i] == sought ? i : expected;
    }

    assertThat(Scan.indexOf(sought, in, 0, in.length)).isEqualTo(expected);
  }
}
