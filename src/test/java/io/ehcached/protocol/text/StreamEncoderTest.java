package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Stream.ItemLine;
import io.ehcached.protocol.Stream.Line;
import io.ehcached.protocol.Stream.LogLine;
import io.ehcached.protocol.Stream.Part;
import io.ehcached.protocol.Stream.StatLine;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamEncoderTest {
  private static final ItemLine PLAIN =
      new ItemLine(Key.of("a:b"), 5, 9, ItemState.FOREVER, 1_700_000_000, -1, true, 208);
  private static final ItemLine ODD =
      new ItemLine(Key.of("a b\r\n\u00e4"), 0, -1, 1_700_000_100, 1_700_000_001, 7, false, 200);

  private final TextEncoder encoder = new TextEncoder(true, new ValueWriter());

  private String encode(Command command, String argument, Part part) {
    ByteBuf out = Unpooled.buffer();
    encoder.encodePart(Request.of(command).arguments(List.of(argument)), part, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static Part part(boolean last, Line... lines) {
    return new Part(List.of(lines), last);
  }

  @Test
  void metadump_encodesKeys_andEndsItsLinesInANewlineAlone() {
    assertThat(encode(Command.LRU_CRAWLER, "metadump", part(true, PLAIN, ODD)))
        .isEqualTo(
            "key=a%3Ab exp=-1 la=1700000000 cas=18446744073709551615 fetch=yes cls=1 size=208 flags=9 \n"
                + "key=a%20b%0D%0A%C3%A4 exp=1700000100 la=1700000001 cas=7 fetch=no cls=1"
                + " size=200 flags=4294967295 \nEND\r\n");
  }

  @Test
  void mgdump_isRequestsThatReadTheItems() {
    assertThat(encode(Command.LRU_CRAWLER, "mgdump", part(false, PLAIN, ODD)))
        .isEqualTo("mg a:b\r\nmg YSBiDQrDpA== b\r\n");
    assertThat(encode(Command.LRU_CRAWLER, "mgdump", part(true))).isEqualTo("EN\r\n");
  }

  @Test
  void cachedump_hasKeysAsTheyAreAskedFor() {
    assertThat(encode(Command.STATS, "cachedump", part(true, PLAIN, ODD)))
        .isEqualTo("ITEM a:b [5 b; 0 s]\r\nITEM a%20b%0D%0A%C3%A4 [0 b; 1700000100 s]\r\nEND\r\n");
  }

  @Test
  void sizes_areStatistics() {
    assertThat(encode(Command.STATS, "sizes", part(true, new StatLine(Stat.of("96", 2)))))
        .isEqualTo("STAT 96 2\r\nEND\r\n");
  }

  @Test
  void log_isLinesWithoutAnEnd() {
    assertThat(encode(Command.WATCH, "fetchers", part(false, new LogLine("ts=1.0 gid=2 x=y"))))
        .isEqualTo("ts=1.0 gid=2 x=y\n");
  }
}
