package io.ehcached.conformance;

import io.ehcached.support.BinaryPacket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request packet as a line of a transcript describes it; see {@link BinaryConformanceIT}. */
public record BinaryRequest(String opcode, String key, Map<String, String> fields) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x(\\p{XDigit}{2})");
  private static final Pattern REPETITION = Pattern.compile("\\{([^*}]+)\\*(\\d+)\\}");
  private static final int NO_EXPTIME = 0xffff_ffff;

  /** Reads a line; a word with an equals sign is a field, the other behind the opcode the key. */
  public static BinaryRequest parse(String line) {
    String[] words = line.split(" ", -1);
    String key = "";
    Map<String, String> fields = new HashMap<>();
    for (String word : List.of(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        key = unescaped(word);
      } else {
        fields.put(word.substring(0, equals), unescaped(word.substring(equals + 1)));
      }
    }
    return new BinaryRequest(words[0], key, fields);
  }

  private static String unescaped(String text) {
    String repeated =
        REPETITION
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        match.group(1).repeat(Integer.parseInt(match.group(2)))));
    return ESCAPE
        .matcher(repeated)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  /**
   * Returns the packet's bytes.
   *
   * @param cas the cas uniques that have a name
   */
  public byte[] bytes(int opaque, Map<String, Long> cas) {
    if (opcode.equals("raw")) {
      return key.getBytes(StandardCharsets.ISO_8859_1);
    }
    BinaryPacket packet = BinaryPacket.of(BinaryOpcodes.code(opcode)).key(key).opaque(opaque);
    packet.value(fields.getOrDefault("value", ""));
    extras(packet);
    if (fields.containsKey("cas")) {
      String name = fields.get("cas");
      packet.cas(cas.containsKey(name) ? cas.get(name) : Long.parseLong(name));
    }
    if (fields.containsKey("magic")) {
      packet.magic(number("magic", 0));
    }
    if (fields.containsKey("keylength")) {
      packet.keyLength(number("keylength", 0));
    }
    if (fields.containsKey("extraslength")) {
      packet.extrasLength(number("extraslength", 0));
    }
    if (fields.containsKey("bodylength")) {
      packet.bodyLength(Long.decode(fields.get("bodylength")));
    }
    return packet.bytes();
  }

  private void extras(BinaryPacket packet) {
    if (fields.containsKey("extras")) {
      packet.extra(fields.get("extras").getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    switch (opcode.replaceFirst("q$", "")) {
      case "set", "add", "replace" -> packet.extra(number("flags", 0)).extra(number("exptime", 0));
      case "increment", "decrement" ->
          packet
              .extra(Long.parseUnsignedLong(fields.getOrDefault("delta", "1")))
              .extra(Long.parseUnsignedLong(fields.getOrDefault("initial", "0")))
              .extra(number("exptime", NO_EXPTIME));
      case "touch", "gat", "gatk" -> packet.extra(number("exptime", 0));
      case "verbosity" -> packet.extra(number("level", 0));
      case "flush" -> {
        if (fields.containsKey("exptime")) {
          packet.extra(number("exptime", 0));
        }
      }
      default -> {}
    }
  }

  private int number(String field, int other) {
    return fields.containsKey(field) ? (int) (long) Long.decode(fields.get(field)) : other;
  }
}
