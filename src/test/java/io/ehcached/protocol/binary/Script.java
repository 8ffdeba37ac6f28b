package io.ehcached.protocol.binary;

import static io.ehcached.protocol.binary.Connection.packet;

import io.ehcached.support.BinaryPacket;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Input for the decoder, well formed and not, and the requests that it makes. */
final class Script {
  private static final int ITEM_SIZE = 1024 * 1024;

  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final List<String> requests = new ArrayList<>();

  private Script with(BinaryPacket packet, String... expected) {
    input.writeBytes(packet.bytes());
    requests.addAll(List.of(expected));
    return this;
  }

  byte[] input() {
    return input.toByteArray();
  }

  List<String> requests() {
    return requests;
  }

  /** Returns every opcode; nothing in it closes the connection. */
  static Script everything() {
    Script script = new Script();
    retrieval(script);
    storage(script);
    arithmetic(script);
    others(script);
    unknown(script);
    return script;
  }

  /** Returns a value that no item can hold. */
  static Script tooLarge() {
    String value = "v".repeat(ITEM_SIZE);
    Script s = new Script();
    s.with(item(Opcode.SET, "k", value), "01 SET k TOO_LARGE");
    s.with(item(Opcode.SETQ, "k", value).cas(7), "11 SET k TOO_LARGE quiet");
    s.with(item(Opcode.ADD, "k", value), "02 INVALID TOO_LARGE");
    s.with(item(Opcode.REPLACEQ, "k", value), "13 INVALID TOO_LARGE quiet");
    s.with(packet(Opcode.APPEND).key("k").value(value), "0e INVALID TOO_LARGE");
    s.with(packet(Opcode.NOOP), "0a NOOP");
    return s;
  }

  private static void retrieval(Script s) {
    s.with(packet(Opcode.GET).key("a"), "00 GET a");
    s.with(packet(Opcode.GETQ).key("a").opaque(5), "09 GET a opaque=5 quiet");
    s.with(packet(Opcode.GETK).key("k".repeat(250)), "0c GET " + "k".repeat(250));
    s.with(packet(Opcode.GETKQ).key("a").opaque(-1), "0d GET a opaque=4294967295 quiet");
    s.with(packet(Opcode.GET).key("\0 \r\n\u00ff").cas(7), "00 GET \0 \r\n\u00ff");
    s.with(packet(Opcode.TOUCH).key("a").extra(10), "1c TOUCH a exptime=10");
    s.with(packet(Opcode.GAT).key("a").extra(-1), "1d GET_AND_TOUCH a exptime=4294967295");
    s.with(packet(Opcode.GATQ).key("a").extra(0).cas(7), "1e GET_AND_TOUCH a quiet");
    s.with(packet(Opcode.GATK).key("a").extra(1), "23 GET_AND_TOUCH a exptime=1");
    s.with(packet(Opcode.GATKQ).key("a").extra(1), "24 GET_AND_TOUCH a exptime=1 quiet");
  }

  private static BinaryPacket item(Opcode opcode, String key, String value) {
    return packet(opcode).key(key).value(value).extra(0).extra(0);
  }

  private static void storage(Script s) {
    s.with(item(Opcode.SET, "a", "one"), "01 SET a value=one wantsCas");
    s.with(item(Opcode.SET, "a", ""), "01 SET a value= wantsCas");
    s.with(
        packet(Opcode.SETQ).extra(-2).extra(100).key("a").value("\0\u0080").cas(-3).opaque(9),
        "11 SET a value=\0\u0080 flags=4294967294 exptime=100 cas=18446744073709551613 wantsCas"
            + " opaque=9 quiet");
    s.with(item(Opcode.ADD, "a", "b"), "02 ADD a value=b wantsCas");
    s.with(item(Opcode.ADDQ, "a", "b"), "12 ADD a value=b wantsCas quiet");
    s.with(item(Opcode.ADD, "a", "b").cas(7), "02 SET a value=b cas=7 wantsCas");
    s.with(item(Opcode.REPLACE, "a", "b"), "03 REPLACE a value=b wantsCas");
    s.with(item(Opcode.REPLACEQ, "a", "b"), "13 REPLACE a value=b wantsCas quiet");
    s.with(item(Opcode.REPLACE, "a", "b").cas(7), "03 SET a value=b cas=7 wantsCas");
    s.with(packet(Opcode.APPEND).key("a").value("b"), "0e APPEND a value=b wantsCas");
    s.with(packet(Opcode.APPEND).key("a"), "0e APPEND a value= wantsCas");
    s.with(packet(Opcode.APPENDQ).key("a").value("b"), "19 APPEND a value=b wantsCas quiet");
    s.with(
        packet(Opcode.PREPEND).key("a").value("b").cas(7), "0f PREPEND a value=b cas=7 wantsCas");
    s.with(packet(Opcode.PREPENDQ).key("a").value("b"), "1a PREPEND a value=b wantsCas quiet");
    s.with(packet(Opcode.DELETE).key("a"), "04 DELETE a");
    s.with(packet(Opcode.DELETEQ).key("a").cas(7), "14 DELETE a cas=7 quiet");
  }

  private static BinaryPacket sum(Opcode opcode, long delta, long initial, int exptime) {
    return packet(opcode).key("n").extra(delta).extra(initial).extra(exptime);
  }

  private static void arithmetic(Script s) {
    s.with(sum(Opcode.INCREMENT, 2, 5, 9), "05 INCREMENT n delta=2 wantsCas initial=5 VIVIFY=9");
    s.with(sum(Opcode.INCREMENTQ, 2, 0, 0), "15 INCREMENT n delta=2 wantsCas VIVIFY=0 quiet");
    s.with(sum(Opcode.DECREMENT, -1, 5, -1), "06 DECREMENT n delta=18446744073709551615 wantsCas");
    s.with(
        sum(Opcode.DECREMENTQ, 1, -1, -2).cas(7),
        "16 DECREMENT n cas=7 delta=1 wantsCas initial=18446744073709551615 VIVIFY=4294967294"
            + " quiet");
  }

  private static void others(Script s) {
    s.with(packet(Opcode.NOOP).opaque(77), "0a NOOP opaque=77");
    s.with(packet(Opcode.VERSION), "0b VERSION");
    s.with(packet(Opcode.FLUSH), "08 FLUSH_ALL");
    s.with(packet(Opcode.FLUSH).extra(0), "08 FLUSH_ALL");
    s.with(packet(Opcode.FLUSHQ).extra(60), "18 FLUSH_ALL exptime=60 quiet");
    s.with(packet(Opcode.VERBOSITY).extra(2), "1b VERBOSITY delta=2");
    s.with(packet(Opcode.STAT), "10 STATS");
    s.with(packet(Opcode.STAT).key("settings"), "10 STATS [settings]");
    s.with(packet(Opcode.STAT).key(" detail  dump "), "10 STATS [detail, dump]");
    s.with(packet(Opcode.STAT).key(" "), "10 STATS");
  }

  private static void unknown(Script s) {
    s.with(packet(Opcode.SASL_LIST_MECHS), "20 INVALID UNKNOWN_COMMAND");
    s.with(packet(Opcode.SASL_AUTH).key("PLAIN").value("\0u\0p"), "21 INVALID UNKNOWN_COMMAND");
    s.with(packet(Opcode.SASL_STEP).key("PLAIN").opaque(3), "22 INVALID UNKNOWN_COMMAND opaque=3");
    s.with(BinaryPacket.of(0x25), "25 INVALID UNKNOWN_COMMAND");
    s.with(
        BinaryPacket.of(0xff).extra(1).key("key").value("value").opaque(4),
        "ff INVALID UNKNOWN_COMMAND opaque=4");
    s.with(packet(Opcode.NOOP), "0a NOOP");
  }
}
