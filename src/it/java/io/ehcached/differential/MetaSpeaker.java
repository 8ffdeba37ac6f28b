package io.ehcached.differential;

import io.ehcached.conformance.BinaryRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Asks in the meta protocol, which has no word of its own for flush_all. */
final class MetaSpeaker extends Speaker {
  private static final Map<String, String> MODES =
      Map.of("set", "", "add", " ME", "replace", " MR", "append", " MA", "prepend", " MP");

  MetaSpeaker(InetSocketAddress address) throws IOException {
    super(address);
  }

  @Override
  byte[] rendered(BinaryRequest request) {
    String key = request.key();
    String exptime = " T" + field(request, "exptime", "0");
    String delta = " D" + field(request, "delta", "1");
    String line =
        switch (request.opcode()) {
          case "get" -> "mg " + key + " f v c";
          case "gat" -> "mg " + key + " f v c" + exptime;
          case "touch" -> "mg " + key + exptime;
          case "delete" -> "md " + key;
          case "increment" -> "ma " + key + delta + " v";
          case "decrement" -> "ma " + key + delta + " MD v";
          case "flush" -> "flush_all";
          case "noop" -> "mn";
          default -> storage(request, exptime);
        };
    return Script.bytes(line + "\r\n");
  }

  private static String storage(BinaryRequest request, String exptime) {
    String value = field(request, "value", "");
    String cas = request.fields().get("cas");
    return "ms "
        + request.key()
        + " "
        + value.length()
        + MODES.get(request.opcode())
        + " F"
        + field(request, "flags", "0")
        + exptime
        + (cas == null ? "" : " C" + cas)
        + "\r\n"
        + value;
  }

  @Override
  String answer(BinaryRequest request) throws IOException {
    String line = line();
    String[] words = line.split(" ", -1);
    if (!words[0].equals("VA")) {
      return meaning(line);
    }
    String value = block(Integer.parseInt(words[1]));
    return words.length == 2
        ? "ok number=" + value
        : found(words[2].substring(1), value, words[3].substring(1));
  }
}
