package io.ehcached.fuzz;

import io.ehcached.support.BinaryPacket;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What fuzzing sets out from, and what is tried in every build: inputs as they were meant, and
 * those that memcached's own faults came to light by.
 */
public final class Seeds {
  private static final int GET = 0x00;
  private static final int SET = 0x01;
  private static final int INCREMENT = 0x05;
  private static final int APPEND = 0x0e;
  private static final int STAT = 0x10;
  private static final int TOUCH = 0x1c;
  private static final int SASL_AUTH = 0x21;

  private Seeds() {}

  /** Returns input in the text protocol. */
  public static Stream<byte[]> text() {
    return Stream.of(
            "set a 0 0 5\r\nvalue\r\nget a b c\r\ngats 30 a\r\n",
            "cas a 0 0 1 5 noreply\r\nx\r\nincr n 1\r\ntouch a 0\r\ndelete a\r\nflush_all 0\r\n",
            "set a 0 0 1000000\r\nx",
            "set a 0 0 2147483647\r\nx\r\n",
            "set a 0 0 -1\r\nstats settings\r\nverbosity 1\r\n",
            "watch\nget a\nwatch fetchers\nget a\n",
            // CVE-2023-46852: spaces without end behind get, of which each became a token.
            "get a" + " ".repeat(3000) + "b\r\n",
            "get" + " ".repeat(3000) + "\r\n",
            "gets " + "a ".repeat(2000) + "\r\n",
            // CVE-2023-46853: a newline alone ends the line, which was read as if there were two.
            "get a\n",
            "get a b c\nset a 0 0 1\nx\r\n",
            "\n")
        .map(Seeds::bytes);
  }

  /** Returns input in the meta protocol. */
  public static Stream<byte[]> meta() {
    return Stream.of(
            "ms a 2 c T30 F7\r\nhi\r\nmg a t f v c s h l k O12 q\r\nmn\r\n",
            "mg a N30 R10 T60 E5 C7\r\nmd a I T30 x\r\nma n N0 J5 D2 MD v t\r\nme a\r\n",
            "ms Zm9v 2 b\r\nhi\r\nmg Zm9v b k\r\nmg Zm9 b k\r\nme Zm9v b\r\n",
            "ms a 1000000 q\r\nx",
            // CVE-2020-22570: a meta command without its key, or all but.
            "mg\r\n",
            "mg \r\nms \r\nmd \r\nma \r\nme \r\nmn \r\n",
            "ms a\r\nms a S100\r\nms  S\r\n",
            "mg " + "k".repeat(300) + " v\r\n",
            // CVE-2023-46853, as above.
            "mg a v\nms a 2\nhi\r\nmn\n",
            "mg a" + " v".repeat(1000) + "\r\n")
        .map(Seeds::bytes);
  }

  /** Returns input in the binary protocol. */
  public static Stream<byte[]> binary() {
    return Stream.of(wellFormed(), appends(), sets(), sasl(), extras())
        .flatMap(seeds -> seeds)
        .map(BinaryPacket::bytes);
  }

  private static Stream<BinaryPacket> wellFormed() {
    return Stream.of(
        BinaryPacket.of(SET).extra(0L).key("a").value("value"),
        BinaryPacket.of(GET).key("a").opaque(7),
        BinaryPacket.of(INCREMENT).extra(1L).extra(2L).extra(0).key("n"),
        BinaryPacket.of(TOUCH).extra(30).key("a").cas(9),
        BinaryPacket.of(STAT).key("settings"),
        BinaryPacket.of(SET).extra(0L).key("a").value("x").bodyLength(1_000_000),
        BinaryPacket.of(SET).extra(0L).key("a").value("x").bodyLength(0xffff_ffffL));
  }

  /** CVE-2016-8704: append and prepend, whose key is said to be longer than the body. */
  private static Stream<BinaryPacket> appends() {
    return IntStream.of(APPEND, 0x0f, 0x19, 0x1a)
        .mapToObj(opcode -> BinaryPacket.of(opcode).key("a").keyLength(0xfa).bodyLength(0));
  }

  /** CVE-2016-8705: set, add and replace, whose extras and key are longer than the body. */
  private static Stream<BinaryPacket> sets() {
    return IntStream.of(SET, 0x02, 0x03, 0x11, 0x12, 0x13)
        .boxed()
        .flatMap(
            opcode ->
                Stream.of(
                    BinaryPacket.of(opcode).extra(0L).key("a").keyLength(0xfa).bodyLength(1),
                    BinaryPacket.of(opcode).extra(0L).key("a").bodyLength(8)));
  }

  /** CVE-2016-8706: a SASL mechanism's name that is longer than the body. */
  private static Stream<BinaryPacket> sasl() {
    return IntStream.of(SASL_AUTH, 0x22)
        .mapToObj(opcode -> BinaryPacket.of(opcode).key("PLAIN").keyLength(0x20).bodyLength(1));
  }

  /** CVE-2020-10931: more extras than any opcode has, copied to where there was room for twenty. */
  private static Stream<BinaryPacket> extras() {
    return IntStream.of(GET, SET, INCREMENT, TOUCH, 0x40)
        .mapToObj(opcode -> BinaryPacket.of(opcode).extra(new byte[255]).key("a").value("x"));
  }

  /** Returns input in any protocol. */
  public static Stream<byte[]> all() {
    return Stream.of(text(), meta(), binary()).flatMap(seeds -> seeds);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
