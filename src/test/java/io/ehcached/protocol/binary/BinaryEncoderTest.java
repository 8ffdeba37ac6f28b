package io.ehcached.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryEncoderTest {
  private static final int OPAQUE = 0xfedcba98;
  private static final long CAS = 0xf1e2d3c4b5a69788L;
  private static final String FLAGS = "80000007";
  private static final Item ITEM = item("key", "value", 0x80000007, CAS);

  private final ValueWriter values = new ValueWriter();
  private final BinaryEncoder encoder = new BinaryEncoder(true, values);

  private static Request request(Opcode opcode) {
    return Request.of(opcode.command())
        .form(opcode.code())
        .fields(OPAQUE)
        .key(Key.of("key"))
        .quiet(opcode.isQuiet());
  }

  private String encode(Request request, Response response) {
    ByteBuf out = Unpooled.buffer(1);
    encoder.encode(request, response, out);
    return ByteBufUtil.hexDump(out);
  }

  private String encode(Opcode opcode, Response response) {
    return encode(request(opcode), response);
  }

  /** Returns a packet as hex digits: the header's parts, and a body that is hex digits too. */
  private static String packet(
      int opcode, int keyLength, int extrasLength, int status, long cas, String body) {
    return String.format(
        "81%02x%04x%02x00%04x%08x%08x%016x%s",
        opcode, keyLength, extrasLength, status, body.length() / 2, OPAQUE, cas, body);
  }

  private static String hex(String text) {
    return ByteBufUtil.hexDump(Feed.bytes(text));
  }

  private static Item item(String key, String value, int flags, long cas) {
    return new Item() {
      @Override
      public Key key() {
        return Key.of(key);
      }

      @Override
      public byte[] value() {
        return Feed.bytes(value);
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

  @Test
  void header_isAsTheProtocolLaysItOut() {
    assertThat(encode(Opcode.GETK, Response.of(ITEM)))
        .isEqualTo(
            "81" // magic
                + "0c" // opcode
                + "0003" // key length
                + "04" // extras length
                + "00" // data type
                + "0000" // status
                + "0000000c" // body length
                + "fedcba98" // opaque
                + "f1e2d3c4b5a69788" // cas
                + "80000007" // flags
                + hex("key")
                + hex("value"));
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "GETQ", "GAT", "GATQ"})
  void hit_hasFlagsAndValue_quietOrNot(Opcode opcode) {
    assertThat(encode(opcode, Response.of(ITEM)))
        .isEqualTo(packet(opcode.code(), 0, 4, 0, CAS, FLAGS + hex("value")));
  }

  @ParameterizedTest
  @EnumSource(names = {"GETK", "GETKQ", "GATK", "GATKQ"})
  void hitWithKey_hasTheKeyToo(Opcode opcode) {
    assertThat(encode(opcode, Response.of(ITEM)))
        .isEqualTo(packet(opcode.code(), 3, 4, 0, CAS, FLAGS + hex("keyvalue")));
  }

  @ParameterizedTest
  @CsvSource({"GET, 0, Not found", "GAT, 0, Not found", "GETK, 3, key", "GATK, 3, key"})
  void miss_saysSo_orNamesTheKey(Opcode opcode, int keyLength, String body) {
    assertThat(encode(opcode, Response.of(Status.NOT_FOUND)))
        .isEqualTo(packet(opcode.code(), keyLength, 0, 1, 0, hex(body)));
  }

  @ParameterizedTest
  @EnumSource(names = {"GETQ", "GETKQ", "GATQ", "GATKQ"})
  void quietMiss_isSilent_butNoOtherFailureIs(Opcode opcode) {
    assertThat(encode(opcode, Response.of(Status.NOT_FOUND))).isEmpty();
    assertThat(encode(opcode, Response.of(Status.SERVER_ERROR, "text")))
        .isEqualTo(packet(opcode.code(), 0, 0, 0x84, 0, hex("text")));
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "ADD", "REPLACE", "APPEND", "PREPEND"})
  void stored_tellsTheCasUnique(Opcode opcode) {
    assertThat(encode(opcode, Response.of(ITEM)))
        .isEqualTo(packet(opcode.code(), 0, 0, 0, CAS, ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"INCREMENT", "DECREMENT"})
  void sum_has64BitsAndTheCasUnique(Opcode opcode) {
    assertThat(encode(opcode, Response.of(ITEM, -2)))
        .isEqualTo(packet(opcode.code(), 0, 0, 0, CAS, "fffffffffffffffe"));
  }

  @Test
  void touched_hasTheFlags() {
    assertThat(encode(Opcode.TOUCH, Response.of(ITEM)))
        .isEqualTo(packet(0x1c, 0, 4, 0, CAS, FLAGS));
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE", "FLUSH", "NOOP", "VERBOSITY", "QUIT"})
  void done_isAnEmptyPacket(Opcode opcode) {
    assertThat(encode(opcode, Response.of(Status.OK)))
        .isEqualTo(packet(opcode.code(), 0, 0, 0, 0, ""));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SETQ",
        "ADDQ",
        "REPLACEQ",
        "APPENDQ",
        "PREPENDQ",
        "INCREMENTQ",
        "DECREMENTQ",
        "DELETEQ",
        "FLUSHQ",
        "QUITQ"
      })
  void quietSuccess_isSilent(Opcode opcode) {
    assertThat(encode(opcode, Response.of(ITEM, 1))).isEmpty();
  }

  @Test
  void version_isText() {
    assertThat(encode(Opcode.VERSION, Response.of(Status.OK, "1.6.45")))
        .isEqualTo(packet(0x0b, 0, 0, 0, 0, hex("1.6.45")));
  }

  @ParameterizedTest
  @CsvSource({
    "SET, NOT_FOUND, 1, Not found",
    "SETQ, EXISTS, 2, Data exists for key.",
    "ADD, NOT_STORED, 2, Data exists for key.",
    "ADDQ, NOT_STORED, 2, Data exists for key.",
    "REPLACE, NOT_STORED, 1, Not found",
    "REPLACEQ, NOT_STORED, 1, Not found",
    "APPEND, NOT_STORED, 5, Not stored.",
    "PREPENDQ, NOT_STORED, 5, Not stored.",
    "APPEND, EXISTS, 2, Data exists for key.",
    "DELETEQ, NOT_FOUND, 1, Not found",
    "TOUCH, NOT_FOUND, 1, Not found",
    "INCREMENTQ, NOT_FOUND, 1, Not found",
    "INCREMENT, NOT_NUMERIC, 6, Non-numeric server-side value for incr or decr",
    "SET, TOO_LARGE, 3, Too large.",
    "SETQ, OUT_OF_MEMORY, 130, Out of memory allocating item",
    "DECREMENT, OUT_OF_MEMORY, 130, Out of memory incrementing value",
    "FLUSHQ, NOT_ALLOWED, 32, Auth failure.",
    "STAT, UNKNOWN_COMMAND, 1, Not found",
    "STAT, NOT_ALLOWED, 1, Not found",
    "STAT, BAD_ARGUMENT, 1, Not found",
    "SASL_AUTH, UNKNOWN_COMMAND, 129, Unknown command",
    "GET, BAD_FORMAT, 4, Invalid arguments",
    "SET, SERVER_ERROR, 132, Internal error",
  })
  void failure_hasMemcachedsNumberAndWords_quietOrNot(
      Opcode opcode, Status status, int code, String text) {
    assertThat(encode(opcode, Response.of(status)))
        .isEqualTo(packet(opcode.code(), 0, 0, code, 0, hex(text)));
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
  void unknownOpcode_isAnsweredWithItself(Status status) {
    Request request = Request.invalid(status).form(0xff).fields(OPAQUE);
    assertThat(encode(request, Response.of(status))).startsWith("81ff");
  }

  @Test
  void statistics_areAPacketEach_andAnEmptyOne() {
    Response response = Response.of(List.of(new Stat("pid", "1"), new Stat("empty", "")));
    assertThat(encode(request(Opcode.STAT).key(null), response))
        .isEqualTo(
            packet(0x10, 3, 0, 0, 0, hex("pid1"))
                + packet(0x10, 5, 0, 0, 0, hex("empty"))
                + packet(0x10, 0, 0, 0, 0, ""));
    assertThat(encode(Opcode.STAT, Response.of(List.of()))).isEqualTo(packet(0x10, 0, 0, 0, 0, ""));
  }

  @Test
  void statisticsThatAreText_areOnePacketForEachPart() {
    Request dump = request(Opcode.STAT).arguments(List.of("detail", "dump"));
    List<Stream.Line> lines = List.of(new Stream.TextLine("PREFIX"));
    assertThat(encodePart(dump, new Stream.Part(lines, false)))
        .isEqualTo(packet(0x10, 8, 0, 0, 0, hex("detailedPREFIX\r\n")));
    assertThat(encodePart(dump, new Stream.Part(lines, true)))
        .isEqualTo(
            packet(0x10, 8, 0, 0, 0, hex("detailedPREFIX\r\nEND\r\n"))
                + packet(0x10, 0, 0, 0, 0, ""));
    Request on = request(Opcode.STAT).arguments(List.of("detail", "on"));
    assertThat(encode(on, Response.of(Status.OK, "OK"))).isEqualTo(packet(0x10, 0, 0, 0, 0, ""));
  }

  private String encodePart(Request request, Stream.Part part) {
    ByteBuf out = Unpooled.buffer();
    encoder.encodePart(request, part, out);
    return ByteBufUtil.hexDump(out);
  }

  @Test
  void largeValue_isLeftToWhoeverHasTheBuffer() {
    String value = "v".repeat(1_000_000);
    String head = encode(Opcode.GET, Response.of(item("key", value, 0, 1)));
    assertThat(head + hex(value)).isEqualTo(packet(0, 0, 4, 0, 1, "00000000" + hex(value)));
    assertThat(values.take()).hasSize(value.length());
    assertThat(values.place()).isEqualTo(Packet.HEADER_LENGTH + Integer.BYTES);
    assertThat(values.take()).isNull();
  }

  @Test
  void commandsOfOtherProtocols_haveNoOpcode() {
    assertThat(Opcode.values())
        .extracting(Opcode::command)
        .doesNotContain(Command.CACHE_MEMLIMIT, Command.SHUTDOWN);
  }
}
