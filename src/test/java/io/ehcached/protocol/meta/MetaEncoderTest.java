package io.ehcached.protocol.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.line.Words;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetaEncoderTest {
  private static final ItemState STATE = new ItemState(false, false, false, true, 12, 34, 200);

  private final MetaEncoder encoder = new MetaEncoder(true, new ValueWriter());

  private static Request request(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    Words words = new Words();
    words.find(bytes, 0, bytes.length);
    Request request = new MetaReader(new Limits(1000), words).read();
    return line.startsWith("ms")
        ? request.value("value".getBytes(StandardCharsets.UTF_8))
        : request;
  }

  private String encode(String line, Response response) {
    ByteBuf out = Unpooled.buffer(1);
    encoder.encode(request(line), response, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static Item item(String value) {
    return new Item() {
      @Override
      public Key key() {
        return Key.of("key");
      }

      @Override
      public byte[] value() {
        return value.getBytes(StandardCharsets.ISO_8859_1);
      }

      @Override
      public int flags() {
        return -1;
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
        return -2;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "mg key, HD/",
    "mg key q, HD/",
    "mg key v, 'VA 2/hi/'",
    "mg key k v O12, 'VA 2 kkey O12/hi/'",
    "mg a2V5 b k, 'HD ka2V5 b/'",
    "mg key s t f c h l, 'HD s2 t34 f4294967295 c18446744073709551614 h1 l12/'",
    "mg key c s, 'HD c18446744073709551614 s2/'",
    "mg key v C18446744073709551614, HD/",
    "mg key v C1, 'VA 2/hi/'",
    "ms key 5, HD/",
    "ms key 5 q c k, ''",
    "ms key 5 s c k O1 f t h, 'HD s2 c18446744073709551614 kkey O1/'",
    "md key, HD/",
    "md key q k, ''",
    "md key c O1 k s, 'HD O1 kkey/'",
    "ma key, HD/",
    "ma key v q, ''",
    "ma key t c k s f O1, 'HD t34 c18446744073709551614 kkey O1/'",
    "ma key v k, 'VA 20 kkey/18446744073709551615/'",
    "me key, 'ME key exp=34 la=12 cas=18446744073709551614 fetch=yes cls=1 size=200/'",
    "me a2V5 b, 'ME a2V5 exp=34 la=12 cas=18446744073709551614 fetch=yes cls=1 size=200/'",
    "mn, MN/",
  })
  void success_isWrittenWithWhatWasAskedFor(String line, String expected) {
    assertThat(encode(line, Response.of(item("hi"), -1, STATE)))
        .isEqualTo(expected.replace("/", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "mg key k v s t O1, 'EN kkey O1/'",
    "mg key q k, ''",
    "mg a2V5 k b, 'EN ka2V5 b/'",
    "mg key T5 q, ''",
    "ms key 5 c k s q, 'NF c0 kkey s5/'",
    "md key q O1, 'NF O1/'",
    "ma key q v c t k, 'NF kkey/'",
    "me key, EN/",
  })
  void notFound_isWrittenAsEachCommandHasIt(String line, String expected) {
    assertThat(encode(line, Response.of(Status.NOT_FOUND)))
        .isEqualTo(expected.replace("/", "\r\n"));
  }

  @Test
  void refusals_areNotQuiet() {
    assertThat(encode("ms key 5 q k", Response.of(Status.NOT_STORED))).isEqualTo("NS kkey\r\n");
    assertThat(encode("ms key 5 q O2", Response.of(Status.EXISTS))).isEqualTo("EX O2\r\n");
    assertThat(encode("md key q", Response.of(Status.EXISTS))).isEqualTo("EX\r\n");
    assertThat(encode("ma key q c", Response.of(Status.EXISTS))).isEqualTo("EX\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false, ' W'",
    "true, true, false, ' X W'",
    "false, true, true, ' Z X'",
    "false, false, true, ' Z'",
    "false, false, false, ''",
  })
  void marks_followTheFlags(boolean won, boolean stale, boolean alreadyWon, String marks) {
    ItemState state = new ItemState(won, stale, alreadyWon, false, 0, ItemState.FOREVER, 0);

    String written = encode("mg key t v h", Response.of(item("hi"), 0, state));

    assertThat(written).isEqualTo("VA 2 t-1 h0" + marks + "\r\nhi\r\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"OK", "NOT_FOUND", "NOT_STORED", "EXISTS"},
      mode = EnumSource.Mode.EXCLUDE)
  void errors_areALineAndNeverQuiet(Status status) {
    for (String line : new String[] {"mg key q", "ms key 5 q", "md key q", "ma key q", "me key"}) {
      assertThat(encode(line, Response.of(status)))
          .matches("(ERROR|(CLIENT|SERVER)_ERROR [^\r\n]+)\r\n");
    }
  }

  @Test
  void errors_areInMemcachedsWords() {
    assertThat(encode("mg key Z", Response.of(Status.BAD_ARGUMENT, "invalid flag")))
        .isEqualTo("CLIENT_ERROR invalid flag\r\n");
    assertThat(encode("ms key 5", Response.of(Status.TOO_LARGE)))
        .isEqualTo("SERVER_ERROR object too large for cache\r\n");
    assertThat(encode("ma key", Response.of(Status.OUT_OF_MEMORY)))
        .isEqualTo("SERVER_ERROR out of memory\r\n");
    assertThat(encode("mg key N0", Response.of(Status.OUT_OF_MEMORY)))
        .isEqualTo("SERVER_ERROR out of memory storing object\r\n");
  }

  @Test
  void longestLine_isWritten() {
    String key = "+".repeat(248);
    String opaque = "O" + "o".repeat(31);
    ItemState state = new ItemState(true, true, true, true, -1, Long.MAX_VALUE, -1);

    String written =
        encode(
            "mg " + key + " b k v s t f c h l " + opaque,
            Response.of(item("v".repeat(60_000)), -1, state));

    assertThat(written)
        .startsWith("VA 60000 k" + key + " b s60000 t9223372036854775807 f4294967295 c")
        .contains(" " + opaque + " Z X W\r\nvvv")
        .endsWith("v\r\n");
  }

  @Test
  void value_isWrittenByteByByte() {
    String value = "\u0000\r\n\u00ff VA";

    assertThat(encode("mg key v", Response.of(item(value)))).isEqualTo("VA 7\r\n" + value + "\r\n");
  }

  @Test
  void storing_withoutFieldsNeedsNoItem() {
    for (Command command :
        new Command[] {
          Command.SET, Command.ADD, Command.REPLACE, Command.APPEND, Command.PREPEND
        }) {
      ByteBuf out = Unpooled.buffer();
      encoder.encode(Request.of(command), Response.of(Status.OK), out);
      assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("HD\r\n");
    }
  }
}
