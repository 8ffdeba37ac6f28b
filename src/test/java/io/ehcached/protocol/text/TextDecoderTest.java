package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
  private static final Script SCRIPT = Script.everything();
  private static final byte[] INPUT = SCRIPT.input();

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
  @ValueSource(
      strings = {
        "quit\r\n",
        "quit now\r\n",
        "GET / HTTP/1.1\r\n",
        "POST /a HTTP/1.0\r\n",
        "set / HTTP/1.1\r\nmn\r\nfoo bar HTTP/\r\n"
      })
  void closingLine_endsAllReading(String line) {
    Connection connection = new Connection().receive("mn\r\n" + line + "mn\r\n").receive("mn\r\n");
    assertThat(connection.described()).startsWith("NOOP").last().asString().startsWith("QUIT");
    assertThat(connection.untaken()).isZero();
  }

  @Test
  void limit_stopsWithinALineAndGoesOnThere() {
    byte[] in = Connection.bytes("get a b c\r\nmn\r\n");
    TextDecoder decoder = new TextDecoder(Connection.LIMITS);
    List<Request> out = new ArrayList<>();
    int at = decoder.decode(in, 0, in.length, out, 2);
    assertThat(out).map(Connection::describe).containsExactly("GET a", "GET b");
    at = decoder.decode(in, at, in.length, out, 1);
    assertThat(out).map(Connection::describe).last().isEqualTo("GET c last");
    at = decoder.decode(in, at, in.length, out, 5);
    assertThat(out).map(Connection::describe).last().isEqualTo("NOOP");
    assertThat(at).isEqualTo(in.length);
  }

  @Test
  void valueWithinTheItemSize_isTaken() {
    int length = 1000 - Limits.ITEM_OVERHEAD - 1;
    String value = "v".repeat(length);
    Connection connection = new Connection(new Limits(1000));
    connection.receive("set k 0 0 " + length + "\r\n" + value + "\r\n");
    connection.receive("set k 1 0 " + (length - 4) + "\r\n" + value.substring(4) + "\r\n");
    assertThat(connection.described())
        .containsExactly("SET k value=" + value, "SET k value=" + value.substring(4) + " flags=1");
  }

  @Test
  void valueAboveTheItemSize_isAnsweredAtItsLineAndSwallowed() {
    int length = 1000 - Limits.ITEM_OVERHEAD;
    String value = "v".repeat(length);
    Connection connection = new Connection(new Limits(1000));
    connection.receive("set k 0 0 " + length + "\r\n");
    assertThat(connection.described()).containsExactly("SET k TOO_LARGE");
    connection.receive(value + "\r\nset k 1 0 " + (length - 4) + " noreply\r\n" + value + "\r\n");
    connection.receive("mn\r\n");
    assertThat(connection.described())
        .startsWith("SET k TOO_LARGE", "SET k TOO_LARGE quiet")
        .endsWith("NOOP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace", "append", "prepend", "cas"})
  void valueAboveTheItemSize_ofACommandThatKeepsTheOldValue_namesNoKey(String verb) {
    Connection connection = new Connection(new Limits(1000));
    connection.receive(verb + " k 0 0 1000 1\r\n" + "v".repeat(1000) + "\r\nmn\r\n");
    assertThat(connection.described()).containsExactly("INVALID TOO_LARGE", "NOOP");
  }

  @Test
  void lineTooLong_closes() {
    Connection connection = new Connection().receive("x".repeat(TextDecoder.MAX_LINE));
    assertThat(connection.described()).isEmpty();
    assertThat(connection.receive("x").described()).containsExactly("QUIT BAD_FORMAT");
  }

  @Test
  void longestLine_isRead() {
    String line = "mn " + "x".repeat(TextDecoder.MAX_LINE - 3);
    assertThat(new Connection().receive(line + "\nmn\r\n").described())
        .containsExactly("NOOP", "NOOP");
  }
}
