package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static io.ehcached.protocol.Command.DECREMENT;
import static io.ehcached.protocol.Command.INCREMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
  @AutoClose private final TestNode node = new TestNode();

  /** What Debian's memcached 1.6.18 answered and then held. */
  @ParameterizedTest
  @CsvSource({
    "'10', 11, '11', 9, '9 '",
    "'9', 10, '10', 8, '8'",
    "'0', 1, '1', 0, '0'",
    "' 5', 6, '6 ', 4, '4 '",
    "'5 ', 6, '6 ', 4, '4 '",
    "'5  x', 6, '6   ', 4, '4   '",
    "'+5', 6, '6 ', 4, '4 '",
    "'18446744073709551615', 0, '0                   ',"
        + " 18446744073709551614, '18446744073709551614'",
    "'00000000000000000000', 1, '1                   ', 0, '0                   '",
    "'000000000000000000001', 2, '2                    ', 0, '0                    '",
    "'12345678901234567890    ', 12345678901234567891, '12345678901234567891    ',"
        + " 12345678901234567889, '12345678901234567889    '",
  })
  void byOne_isAsMemcachedDoesIt(
      String value, String up, String storedUp, String down, String storedDown) {
    node.set("k", value);
    assertThat(number(node.run(request(INCREMENT, "k").delta(1)))).isEqualTo(up);
    assertThat(node.get("k")).isEqualTo(storedUp);

    node.set("k", value);
    assertThat(number(node.run(request(DECREMENT, "k").delta(1)))).isEqualTo(down);
    assertThat(node.get("k")).isEqualTo(storedDown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "-5",
        "x",
        "5x",
        "+",
        "0x10",
        "18446744073709551616",
        "99999999999999999999"
      })
  void ofWhatIsNoNumber_failsAndLeavesIt(String value) {
    node.set("k", value);

    assertThat(node.status(request(INCREMENT, "k").delta(1))).isEqualTo(Status.NOT_NUMERIC);
    assertThat(node.status(request(DECREMENT, "k").delta(1))).isEqualTo(Status.NOT_NUMERIC);

    assertThat(node.get("k")).isEqualTo(value);
    assertThat(node.count(Counter.INCR_HITS) + node.count(Counter.INCR_MISSES)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\t", "\t5", "5\n", "\r\n 5\r\n", "5\u000bx", "5\u0000x"})
  void blanksOfEveryKind_areSkipped(String value) {
    node.set("k", value);

    assertThat(number(node.run(request(INCREMENT, "k").delta(2)))).isEqualTo("7");
  }

  @Test
  void increment_wrapsAtTwoToThe64() {
    node.set("k", "18446744073709551610");

    assertThat(number(node.run(request(INCREMENT, "k").delta(10)))).isEqualTo("4");
  }

  @Test
  void increment_byTheGreatestDelta_isOneLess() {
    node.set("k", "5");

    assertThat(number(node.run(request(INCREMENT, "k").delta(-1)))).isEqualTo("4");
  }

  @Test
  void decrement_endsAtZero_unsigned() {
    node.set("k", "5");
    assertThat(number(node.run(request(DECREMENT, "k").delta(-1)))).isEqualTo("0");

    node.set("k", "18446744073709551615");
    assertThat(number(node.run(request(DECREMENT, "k").delta(5))))
        .isEqualTo("18446744073709551610");
  }

  @ParameterizedTest
  @EnumSource(names = {"INCREMENT", "DECREMENT"})
  void both_keepFlagsAndExpiry(Command command) {
    node.set("k", "5", 100);
    long expiry = node.item("k").expiry();

    node.run(request(command, "k").delta(1).flags(77).exptime(1));

    assertThat(node.item("k").flags()).isEqualTo(5);
    assertThat(node.item("k").expiry()).isEqualTo(expiry);
  }

  @Test
  void both_countHitsAndMisses() {
    node.set("k", "5");
    node.run(request(INCREMENT, "k").delta(1));
    node.run(request(DECREMENT, "k").delta(1));
    assertThat(node.status(request(INCREMENT, "n").delta(1))).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(request(DECREMENT, "n").delta(1))).isEqualTo(Status.NOT_FOUND);

    assertThat(node.count(Counter.INCR_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.INCR_MISSES)).isEqualTo(1);
    assertThat(node.count(Counter.DECR_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.DECR_MISSES)).isEqualTo(1);
    assertThat(node.get("n")).isNull();
  }

  @Test
  void both_onlyChangeTheItemNamedByItsCas() {
    node.set("k", "5");
    long cas = node.item("k").cas();

    assertThat(node.status(request(INCREMENT, "k").delta(1).compareCas(cas + 1)))
        .isEqualTo(Status.EXISTS);
    assertThat(node.get("k")).isEqualTo("5");
  }

  @ParameterizedTest
  @EnumSource(names = {"INCREMENT", "DECREMENT"})
  void vivifying_makesTheItem_fromTheInitialNumber(Command command) {
    Response response =
        node.run(request(command, "n").delta(3).initial(-1).vivifyExptime(100).compareCas(4711));

    assertThat(number(response)).isEqualTo("18446744073709551615");
    assertThat(response.item().cas()).isEqualTo(node.item("n").cas());
    assertThat(node.get("n")).isEqualTo("18446744073709551615");
    assertThat(node.item("n").flags()).isZero();
    node.region.clock.advanceSeconds(99);
    assertThat(node.get("n")).isNotNull();
    node.region.clock.advanceSeconds(1);
    assertThat(node.get("n")).isNull();
    assertThat(node.count(Counter.TOTAL_ITEMS)).isEqualTo(1);
    assertThat(node.count(Counter.INCR_HITS) + node.count(Counter.DECR_HITS)).isZero();
    assertThat(node.count(Counter.INCR_MISSES) + node.count(Counter.DECR_MISSES)).isZero();
  }

  @Test
  void vivifying_leavesAnItemThatIsThere_itsExpiry_andCountsAHit() {
    node.set("k", "5");

    Response response = node.run(request(INCREMENT, "k").delta(3).initial(100).vivifyExptime(1));

    assertThat(number(response)).isEqualTo("8");
    node.region.clock.advanceSeconds(10);
    assertThat(node.get("k")).isEqualTo("8");
    assertThat(node.count(Counter.INCR_HITS)).isEqualTo(1);
  }

  private static String number(Response response) {
    return Long.toUnsignedString(response.number());
  }
}
