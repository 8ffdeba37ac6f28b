package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of keys too long to wait for their end. */
class LongKeyListTest {
  private static final int KEYS = 100_000;

  @ParameterizedTest
  @CsvSource({"get, GET, ''", "gets, GET, ' wantsCas'", "gat 5, GET_AND_TOUCH, ' exptime=5'"})
  void hundredThousandKeys_giveARequestEachWhileTheyArrive(
      String start, String command, String marks) {
    byte[] in = Connection.bytes(start + " " + names() + "\r\nmn\r\n");
    Connection connection = new Connection();
    int maxUntaken = 0;
    for (int at = 0; at < in.length; at += 1000) {
      byte[] piece = new byte[Math.min(1000, in.length - at)];
      System.arraycopy(in, at, piece, 0, piece.length);
      connection.receive(piece, 64);
      maxUntaken = Math.max(maxUntaken, connection.untaken());
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      expected.add(command + " key" + i + marks + (i == KEYS - 1 ? " last" : ""));
    }
    expected.add("NOOP");
    assertThat(connection.described()).isEqualTo(expected);
    assertThat(maxUntaken).isLessThanOrEqualTo(TextDecoder.MAX_LINE);
  }

  private static String names() {
    return IntStream.range(0, KEYS).mapToObj(i -> "key" + i).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", " \r\n", "\n"})
  void splitAnywhere_givesTheSame(String end) {
    String key = "k".repeat(Key.MAX_LENGTH);
    String line = "get " + (key + "  ").repeat(9) + key + end + "mn\r\n";
    List<String> whole = new Connection().receive(line).described();
    assertThat(whole).hasSize(11).endsWith("GET " + key + " last", "NOOP");
    for (int at = 0; at <= line.length(); at++) {
      Connection connection = new Connection();
      connection.receive(line.substring(0, at)).receive(line.substring(at));
      assertThat(connection.described()).as("split at %d", at).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r", " ", " \r"})
  void lineEndsInAnyWay_andItsLastKeyIsMarked(String end) {
    String line = "get " + "a ".repeat(TextDecoder.MAX_LINE) + "b" + end + "\n";
    assertThat(new Connection().receive(line).described())
        .hasSize(TextDecoder.MAX_LINE + 1)
        .endsWith("GET a", "GET b last");
  }

  @Test
  void endlessSpaces_areTakenAway() {
    Connection connection = new Connection().receive("get a ".repeat(400) + "b");
    for (int i = 0; i < 100; i++) {
      connection.receive(" ".repeat(1000));
    }
    assertThat(connection.untaken()).isZero();
    assertThat(connection.receive("\r\n").described()).endsWith("GET b last");
  }

  @ParameterizedTest
  @ValueSource(ints = {251, 252, 300, 5000})
  void keyTooLong_spoilsTheRestOfTheLine(int length) {
    String line = "get " + "a ".repeat(TextDecoder.MAX_LINE) + "k".repeat(length) + " b\r\nmn\r\n";
    Connection whole = new Connection().receive(line);
    assertThat(whole.described())
        .startsWith("GET a")
        .endsWith("INVALID BAD_FORMAT", "NOOP")
        .doesNotContain("GET b last");
    Connection split = new Connection();
    for (int i = 0; i < line.length(); i++) {
      split.receive(line.substring(i, i + 1));
    }
    assertThat(split.described()).isEqualTo(whole.described());
  }

  @Test
  void blanks_areWaitedBehind() {
    for (String start : List.of("get", "gets", "gat 5")) {
      String line = start + " ".repeat(3000);
      String first = new Connection().receive(line + "a\r\n").described().get(0);
      assertThat(first).startsWith("GET").endsWith("last");
      assertThat(new Connection().receive(line).described()).isEmpty();
      assertThat(new Connection().receive(line + "\r\nmn\r\n").described())
          .containsExactly("INVALID BAD_FORMAT", "NOOP");
    }
  }

  @Test
  void wordThatMayGoOn_closesAsALineTooLong() {
    for (String line :
        List.of(
            "get".repeat(1000),
            "gat" + " ".repeat(3000),
            "gat" + " ".repeat(2044) + "50000",
            " get" + " ".repeat(3000))) {
      assertThat(new Connection().receive(line).described()).containsExactly("QUIT BAD_FORMAT");
    }
  }

  @Test
  void badExptime_spoilsTheLine() {
    String line = "gat soon " + "a ".repeat(3000) + "\r\nmn\r\n";
    assertThat(new Connection().receive(line).described())
        .containsExactly("INVALID BAD_EXPTIME", "NOOP");
  }
}
