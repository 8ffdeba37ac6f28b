package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncoderTest {
  private final TextEncoder encoder = new TextEncoder(true, new ValueWriter());

  private String encode(Request request, Response response) {
    ByteBuf out = Unpooled.buffer(1);
    encoder.encode(request, response, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private String encode(Command command, Response response) {
    return encode(Request.of(command), response);
  }

  private static Item item(String key, String value, int flags, long cas) {
    return new Item() {
      @Override
      public Key key() {
        return Key.of(key);
      }

      @Override
      public byte[] value() {
        return Connection.bytes(value);
      }

      @Override
      public int flags() {
        return flags;
      }

      @Override
      public long expiry() {
        return 0;
      }

      @Override
      public long stamp() {
        return 0;
      }

      @Override
      public long cas() {
        return cas;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "SET, STORED", "ADD, STORED", "REPLACE, STORED", "APPEND, STORED", "PREPEND, STORED",
    "DELETE, DELETED", "TOUCH, TOUCHED", "FLUSH_ALL, OK", "VERBOSITY, OK", "CACHE_MEMLIMIT, OK",
    "REFRESH_CERTS, OK", "STATS, END"
  })
  void done_isSaidInTheCommandsWord(Command command, String word) {
    assertThat(encode(command, Response.of(Status.OK))).isEqualTo(word + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, NOT_FOUND",
    "NOT_STORED, NOT_STORED",
    "EXISTS, EXISTS",
    "UNKNOWN_COMMAND, ERROR",
    "BAD_FORMAT, CLIENT_ERROR bad command line format",
    "BAD_CHUNK, CLIENT_ERROR bad data chunk",
    "BAD_EXPTIME, CLIENT_ERROR invalid exptime argument",
    "BAD_DELTA, CLIENT_ERROR invalid numeric delta argument",
    "NOT_NUMERIC, CLIENT_ERROR cannot increment or decrement non-numeric value",
    "TOO_LARGE, SERVER_ERROR object too large for cache",
    "OUT_OF_MEMORY, SERVER_ERROR out of memory storing object"
  })
  void failure_hasMemcachedsWords(Status status, String words) {
    for (Command command : List.of(Command.SET, Command.DELETE, Command.INVALID)) {
      assertThat(encode(command, Response.of(status))).isEqualTo(words + "\r\n");
    }
  }

  @ParameterizedTest
  @MethodSource
  void failureWithText_hasTheCommandsPrefix(Command command, Status status, String expected) {
    assertThat(encode(command, Response.of(status, "text"))).isEqualTo(expected + "\r\n");
  }

  static Stream<Arguments> failureWithText_hasTheCommandsPrefix() {
    return Stream.of(
        arguments(Command.FLUSH_ALL, Status.NOT_ALLOWED, "CLIENT_ERROR text"),
        arguments(Command.SHUTDOWN, Status.NOT_ALLOWED, "SERVER_ERROR: text"),
        arguments(Command.SHUTDOWN, Status.BAD_ARGUMENT, "CLIENT_ERROR text"),
        arguments(Command.STATS, Status.BAD_ARGUMENT, "CLIENT_ERROR text"),
        arguments(Command.CACHE_MEMLIMIT, Status.BAD_ARGUMENT, "text"),
        arguments(Command.REFRESH_CERTS, Status.BAD_ARGUMENT, "text"),
        arguments(Command.SET, Status.SERVER_ERROR, "SERVER_ERROR text"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"NOT_ALLOWED", "BAD_ARGUMENT", "SERVER_ERROR"})
  void failureThatShouldHaveText_hasAnAnswerWithout(Status status) {
    assertThat(encode(Command.SET, Response.of(status))).matches("(CLIENT|SERVER)_ERROR .+\r\n");
  }

  @Test
  void outOfMemory_withinAnIncrement_isSaidInOtherWords() {
    Response response = Response.of(Status.OUT_OF_MEMORY);
    assertThat(encode(Command.INCREMENT, response)).isEqualTo("SERVER_ERROR out of memory\r\n");
    assertThat(encode(Command.DECREMENT, response)).isEqualTo("SERVER_ERROR out of memory\r\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Command.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GET", "GET_AND_TOUCH", "STATS", "QUIT"})
  void noreply_silencesSuccessAndFailure(Command command) {
    for (Status status : Status.values()) {
      assertThat(encode(Request.of(command).quiet(true), Response.of(status))).isEmpty();
    }
  }

  @Test
  void quitAndShutdown_areNotAnswered() {
    assertThat(encode(Command.QUIT, Response.of(Status.OK))).isEmpty();
    assertThat(encode(Command.SHUTDOWN, Response.of(Status.OK))).isEmpty();
  }

  @Test
  void hit_isItsHeaderAndItsValue() {
    Response response = Response.of(item("key", "va\r\nlue", -1, -1));
    Request request = Request.of(Command.GET).key(Key.of("key"));
    assertThat(encode(request, response)).isEqualTo("VALUE key 4294967295 7\r\nva\r\nlue\r\n");
    assertThat(encode(request.wantsCas(true), response))
        .isEqualTo("VALUE key 4294967295 7 18446744073709551615\r\nva\r\nlue\r\n");
  }

  @Test
  void longestHeader_hasRoom() {
    String key = "k".repeat(Key.MAX_LENGTH);
    Request request = Request.of(Command.GET_AND_TOUCH).key(Key.of(key)).wantsCas(true);
    assertThat(encode(request, Response.of(item(key, "", 0, Long.MIN_VALUE))))
        .isEqualTo("VALUE " + key + " 0 0 9223372036854775808\r\n\r\n");
  }

  @Test
  void keysOfALine_areAnsweredInOneReplyThatTheLastEnds() {
    List<Request> requests = new Connection().receive("get a b c\r\nget d\r\n").requests();
    Response miss = Response.of(Status.NOT_FOUND);
    List<Response> responses =
        List.of(Response.of(item("a", "1", 0, 1)), miss, Response.of(item("c", "", 7, 1)), miss);
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < requests.size(); i++) {
      replies.append(encode(requests.get(i), responses.get(i)));
    }
    assertThat(replies.toString())
        .isEqualTo("VALUE a 0 1\r\n1\r\nVALUE c 7 0\r\n\r\nEND\r\nEND\r\n");
  }

  @Test
  void faultAmongKeys_isTheLastAnswerOnly() {
    List<Request> requests = new Connection().receive("get a b\r\n").requests();
    Response fault = Response.of(Status.SERVER_ERROR, "no more");
    assertThat(encode(requests.get(0), fault)).isEmpty();
    assertThat(encode(requests.get(1), fault)).isEqualTo("SERVER_ERROR no more\r\n");
  }

  @ParameterizedTest
  @MethodSource
  void increment_isAnsweredWithItsUnsignedNumber(long number) {
    assertThat(encode(Command.INCREMENT, Response.of(item("n", "", 0, 1), number)))
        .isEqualTo(Long.toUnsignedString(number) + "\r\n");
  }

  static List<Long> increment_isAnsweredWithItsUnsignedNumber() {
    List<Long> numbers = new ArrayList<>(Arrays.asList(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    for (long power = 10; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      numbers.addAll(List.of(power - 1, power, power + 1));
    }
    long tenToThe19th = Long.parseUnsignedLong("10000000000000000000");
    numbers.addAll(List.of(tenToThe19th - 1, tenToThe19th));
    return numbers;
  }

  @Test
  void version_followsItsWord() {
    assertThat(encode(Command.VERSION, Response.of(Status.OK, "1.6.45")))
        .isEqualTo("VERSION 1.6.45\r\n");
  }

  @Test
  void statistics_areALineEach() {
    Response response = Response.of(List.of(Stat.of("pid", 7), new Stat("version", "1.6.45")));
    assertThat(encode(Command.STATS, response))
        .isEqualTo("STAT pid 7\r\nSTAT version 1.6.45\r\nEND\r\n");
  }

  @Test
  void statsCommandThatShowsNothing_isAnsweredInAWord() {
    Request reset = Request.of(Command.STATS).arguments(List.of("reset"));
    assertThat(encode(reset, Response.of(Status.OK))).isEqualTo("RESET\r\n");
    assertThat(encode(Command.STATS, Response.of(Status.OK, "OK"))).isEqualTo("OK\r\n");
    assertThat(encode(Command.STATS, Response.of(Status.UNKNOWN_COMMAND))).isEqualTo("ERROR\r\n");
  }
}
