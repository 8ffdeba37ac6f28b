package io.ehcached.differential;

import io.ehcached.conformance.BinaryRequest;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Asks in the text protocol. */
final class TextSpeaker extends Speaker {
  TextSpeaker(InetSocketAddress address) throws IOException {
    super(address);
  }

  @Override
  byte[] rendered(BinaryRequest request) {
    String key = request.key();
    String exptime = field(request, "exptime", "0");
    String line =
        switch (request.opcode()) {
          case "get" -> "gets " + key;
          case "gat" -> "gats " + exptime + " " + key;
          case "touch" -> "touch " + key + " " + exptime;
          case "delete" -> "delete " + key;
          case "increment" -> "incr " + key + " " + field(request, "delta", "1");
          case "decrement" -> "decr " + key + " " + field(request, "delta", "1");
          case "flush" -> "flush_all";
          case "noop" -> "mn";
          default -> storage(request, exptime);
        };
    return Script.bytes(line + "\r\n");
  }

  private static String storage(BinaryRequest request, String exptime) {
    String value = field(request, "value", "");
    String cas = request.fields().get("cas");
    return (cas == null ? request.opcode() : "cas")
        + String.format(
            " %s %s %s %d", request.key(), field(request, "flags", "0"), exptime, value.length())
        + (cas == null ? "" : " " + cas)
        + "\r\n"
        + value;
  }

  @Override
  String answer(BinaryRequest request) throws IOException {
    String line = line();
    String[] words = line.split(" ", -1);
    if (words[0].equals("VALUE")) {
      String found = found(words[2], block(Integer.parseInt(words[3])), words[4]);
      return line().equals("END") ? found : "no END";
    }
    return line.matches("\\d+") ? "ok number=" + line : meaning(line);
  }
}
