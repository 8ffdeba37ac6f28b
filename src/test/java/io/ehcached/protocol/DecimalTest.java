package io.ehcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "'0', 0",
    "'4294967295', 4294967295",
    "'00000000007', 7",
    "'4294967296', -1",
    "'000000000007', -1",
    "'', -1",
    "'+7', -1",
    "'-7', -1",
    "' 7', -1",
    "'7 ', -1",
    "'\u0667', -1",
  })
  void unsigned32_isStrict(String word, long number) {
    assertThat(Decimal.unsigned32(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"'7', 7", "'-2147483648', -2147483648", "'2147483647', 2147483647", "'-', 0"})
  void signed32_isStrict(String word, long number) {
    assertThat(Decimal.signed32(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+7", "2147483648", "-2147483649", "7x", " 7"})
  void signed32_outOfRangeOrWithMore_isNone(String word) {
    assertThat(Decimal.signed32(word)).isEqualTo(Decimal.NOT_A_NUMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "'7', 7, 7",
    "' +7 x', 7, 7",
    "'7\0x', 7, 7",
    "'-7', -7, none",
    "'0000000000000000000000000000007', 7, 7",
    "'9223372036854775807', 9223372036854775807, 9223372036854775807",
    "'9223372036854775808', none, 9223372036854775808",
    "'18446744073709551615', none, 18446744073709551615",
    "'18446744073709551616', none, none",
    "'7x', none, none",
    "'', none, none",
    "'+', none, none",
    "'  ', none, none",
  })
  void lenient_isAsStrtol(String text, String signed, String unsigned) {
    byte[] in = text.getBytes(StandardCharsets.US_ASCII);

    long number = Decimal.lenientSigned64(in, 0, in.length);
    assertThat(number == Decimal.NOT_A_NUMBER ? "none" : Long.toString(number)).isEqualTo(signed);
    assertThat(
            Decimal.isLenientUnsigned64(in)
                ? Long.toUnsignedString(Decimal.lenientUnsigned64(in))
                : "none")
        .isEqualTo(unsigned);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void write_isReadAsTheSame(long number) {
    byte[] out = new byte[Decimal.MAX_DIGITS];
    int end = Decimal.write(number, out, 0);

    assertThat(end).isEqualTo(Decimal.digits(number));
    assertThat(new String(out, 0, end, StandardCharsets.US_ASCII))
        .isEqualTo(Long.toUnsignedString(number));
    assertThat(Decimal.isUnsigned64(out, 0, end)).isTrue();
    assertThat(Decimal.unsigned64(out, 0, end)).isEqualTo(number);
  }
}
