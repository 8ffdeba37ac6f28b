package io.ehcached.protocol.binary;

import static io.ehcached.protocol.binary.Connection.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ehcached.protocol.Limits;
import io.ehcached.support.BinaryPacket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryDecoderTest {
  private static final Script SCRIPT = Script.everything();
  private static final byte[] INPUT = SCRIPT.input();
  private static final String CLOSE = "00 QUIT BAD_FORMAT quiet";

  @Test
  void wholeInput_givesTheRequests() {
    assertThat(new Connection().receive(INPUT).described()).isEqualTo(SCRIPT.requests());
  }

  @Test
  void inputSplitInTwo_givesTheSameWhereverItIsSplit() {
    for (int at = 0; at <= INPUT.length; at++) {
      List<String> described =
          new Connection()
              .receive(Arrays.copyOf(INPUT, at))
              .receive(Arrays.copyOfRange(INPUT, at, INPUT.length))
              .described();
      assertThat(described).as("split at %d", at).isEqualTo(SCRIPT.requests());
    }
  }

  @Test
  void inputByteByByte_givesTheSame() {
    Connection connection = new Connection();
    for (byte b : INPUT) {
      connection.receive(new byte[] {b});
      assertThat(connection.untaken()).isLessThan(24 + 20 + 250);
    }
    assertThat(connection.described()).isEqualTo(SCRIPT.requests());
    assertThat(connection.untaken()).isZero();
  }

  @Property(tries = 300)
  void inputInRandomPiecesAndBatches_givesTheSame(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 400) Integer> pieces,
      @ForAll @IntRange(min = 1, max = 5) int limit) {
    Connection connection = new Connection();
    int at = 0;
    for (int i = 0; at < INPUT.length; i++) {
      int end = Math.min(INPUT.length, at + pieces.get(i % pieces.size()));
      connection.receive(Arrays.copyOfRange(INPUT, at, end), limit);
      at = end;
    }
    assertThat(connection.described()).isEqualTo(SCRIPT.requests());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"QUIT", "QUITQ"})
  void everyOpcode_isInTheScript(Opcode opcode) {
    String answered = String.format("%02x ", opcode.code());
    assertThat(SCRIPT.requests()).anyMatch(request -> request.startsWith(answered));
  }

  @ParameterizedTest
  @MethodSource
  void lengthsThatCannotBe_areAnsweredAtTheHeader_andCloseTheConnection(
      BinaryPacket wrong, String error) {
    byte[] bytes = wrong.opaque(3).bytes();
    for (int limit : new int[] {1, 100}) {
      Connection connection = new Connection();
      connection.receive(packet(Opcode.NOOP)).receive(Arrays.copyOf(bytes, 23), limit);
      assertThat(connection.described()).containsExactly("0a NOOP");
      connection.receive(Arrays.copyOfRange(bytes, 23, 24), limit);
      connection.receive(Arrays.copyOfRange(bytes, 24, bytes.length), limit);
      connection.receive(packet(Opcode.NOOP));
      assertThat(connection.described())
          .containsExactly(
              "0a NOOP", String.format("%02x INVALID ", bytes[1]) + error + " opaque=3", CLOSE);
      assertThat(connection.untaken()).isZero();
    }
  }

  static Stream<Arguments> lengthsThatCannotBe_areAnsweredAtTheHeader_andCloseTheConnection() {
    String unknown = "UNKNOWN_COMMAND";
    String bad = "BAD_FORMAT";
    return Stream.of(
        arguments(packet(Opcode.GET).key("abc").bodyLength(2), unknown),
        arguments(packet(Opcode.GET).keyLength(1), unknown),
        arguments(packet(Opcode.SET).extra(0L).key("abc").bodyLength(10), unknown),
        arguments(packet(Opcode.NOOP).extrasLength(255), unknown),
        arguments(packet(Opcode.GET).keyLength(0xffff).bodyLength(0xfffe), unknown),
        arguments(packet(Opcode.GET), bad),
        arguments(packet(Opcode.GET).key("k".repeat(251)), bad),
        arguments(packet(Opcode.GET).keyLength(0xffff).bodyLength(0xffff), bad),
        arguments(BinaryPacket.of(0x40).key("k".repeat(251)), bad),
        arguments(packet(Opcode.GET).key("a").extra(0), bad),
        arguments(packet(Opcode.GETKQ).key("a").value("v"), bad),
        arguments(packet(Opcode.SET).extra(0L).value("v"), bad),
        arguments(packet(Opcode.SET).key("a").value("v"), bad),
        arguments(packet(Opcode.SET).extra(0).key("a").value("v"), bad),
        arguments(packet(Opcode.APPEND).extra(0).key("a").value("v"), bad),
        arguments(packet(Opcode.APPEND).value("v"), bad),
        arguments(packet(Opcode.INCREMENT).extra(0L).extra(0L).key("n"), bad),
        arguments(packet(Opcode.INCREMENT).extra(0L).extra(0L).extra(0), bad),
        arguments(packet(Opcode.DECREMENT).extra(0L).extra(0L).extra(0).key("n").value("v"), bad),
        arguments(packet(Opcode.TOUCH).key("a"), bad),
        arguments(packet(Opcode.TOUCH).extra(0), bad),
        arguments(packet(Opcode.GAT).extra(0).key("a").value("v"), bad),
        arguments(packet(Opcode.DELETE).key("a").value("v"), bad),
        arguments(packet(Opcode.FLUSH).extra(0L), bad),
        arguments(packet(Opcode.FLUSH).extra(0).key("a"), bad),
        arguments(packet(Opcode.VERBOSITY), bad),
        arguments(packet(Opcode.NOOP).key("a"), bad),
        arguments(packet(Opcode.VERSION).value("v"), bad),
        arguments(packet(Opcode.QUIT).extra(0), bad),
        arguments(packet(Opcode.STAT).key("reset").value("v"), bad),
        arguments(packet(Opcode.SASL_LIST_MECHS).value("v"), bad),
        arguments(packet(Opcode.SASL_AUTH).value("v"), bad));
  }

  @Test
  void bodyAboveAGigabyte_isAnsweredAndClosesTheConnection() {
    for (Opcode opcode : Opcode.values()) {
      for (long length : List.of((1L << 30) + 1, (1L << 31) - 1, 0xFFFF_FFFFL)) {
        Connection connection = new Connection(new Limits(1 << 30));
        connection.receive(packet(opcode).extrasLength(8).keyLength(1).bodyLength(length));
        assertThat(connection.described())
            .as("%s", opcode)
            .containsExactly(String.format("%02x INVALID BAD_FORMAT", opcode.code()), CLOSE);
      }
    }
    Connection connection = new Connection();
    connection.receive(packet(Opcode.SET).extra(0L).key("k").bodyLength(1L << 30));
    assertThat(connection.described()).containsExactly("01 SET k TOO_LARGE");
  }

  @ParameterizedTest
  @MethodSource
  void anotherMagicByte_closesTheConnection(byte[] wrong) {
    Connection connection = new Connection().receive(packet(Opcode.NOOP)).receive(wrong);
    assertThat(connection.described()).containsExactly("0a NOOP", CLOSE);
    connection.receive(packet(Opcode.NOOP));
    assertThat(connection.described()).hasSize(2);
    assertThat(connection.untaken()).isZero();
  }

  static Stream<byte[]> anotherMagicByte_closesTheConnection() {
    return Stream.of(
        packet(Opcode.NOOP).magic(0x81).bytes(),
        packet(Opcode.NOOP).magic(0).bytes(),
        new byte[] {'g'},
        new byte[] {'\n'});
  }

  @Test
  void quit_endsAllReading() {
    for (Opcode quit : List.of(Opcode.QUIT, Opcode.QUITQ)) {
      Connection connection = new Connection().receive(packet(Opcode.NOOP)).receive(packet(quit));
      connection.receive(packet(Opcode.NOOP));
      String last = quit == Opcode.QUIT ? "07 QUIT" : "17 QUIT quiet";
      assertThat(connection.described()).containsExactly("0a NOOP", last);
      assertThat(connection.untaken()).isZero();
    }
  }

  @Test
  void valueAboveTheItemSize_isAnsweredBeforeItArrives_andSwallowed() {
    Script script = Script.tooLarge();
    byte[] input = script.input();
    assertThat(new Connection().receive(input).described()).isEqualTo(script.requests());
    Connection pieces = new Connection();
    for (int at = 0; at < input.length; at += 9973) {
      pieces.receive(Arrays.copyOfRange(input, at, Math.min(input.length, at + 9973)));
    }
    assertThat(pieces.described()).isEqualTo(script.requests());

    Connection early = new Connection().receive(Arrays.copyOf(input, 24 + 8 + 1));
    assertThat(early.described()).containsExactly("01 SET k TOO_LARGE");
  }

  @Test
  void itemSize_countsKeyAndFlags() {
    int length = 1000 - Limits.ITEM_OVERHEAD - 1;
    String value = "v".repeat(length);
    Connection connection = new Connection(new Limits(1000));
    connection.receive(packet(Opcode.SET).extra(0L).key("k").value(value));
    connection.receive(packet(Opcode.SET).extra(0L).key("kk").value(value));
    connection.receive(packet(Opcode.SET).extra(1).extra(0).key("k").value(value));
    connection.receive(packet(Opcode.SET).extra(1).extra(0).key("k").value(value.substring(4)));
    assertThat(connection.described())
        .containsExactly(
            "01 SET k value=" + value + " wantsCas",
            "01 SET kk TOO_LARGE",
            "01 SET k TOO_LARGE",
            "01 SET k value=" + value.substring(4) + " flags=1 wantsCas");
  }
}
