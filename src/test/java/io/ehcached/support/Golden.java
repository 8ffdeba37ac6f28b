package io.ehcached.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes that are not to change, from a file of {@code src/test/resources/golden}: sections that
 * begin with {@code [name]}, of bytes in hexadecimal, {@code 00x24} for 24 of one kind, and remarks
 * behind a {@code #}.
 */
public final class Golden {
  private final Map<String, byte[]> sections = new LinkedHashMap<>();

  private Golden() {}

  /** Reads a file. */
  public static Golden of(String file) {
    Golden golden = new Golden();
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      golden.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }

  /** Returns the bytes of a section; a copy. */
  public byte[] get(String section) {
    byte[] bytes = sections.get(section);
    if (bytes == null) {
      throw new IllegalArgumentException("no section [" + section + "]");
    }
    return bytes.clone();
  }

  private void read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        bytes = new ByteArrayOutputStream();
        section = line.substring(1, line.indexOf(']'));
      }
      String hex = line.startsWith("[") ? "" : line.replaceAll("#.*", "").trim();
      for (String word : hex.isEmpty() ? new String[0] : hex.split("\\s+")) {
        append(word, bytes);
      }
      if (section != null) {
        sections.put(section, bytes.toByteArray());
      }
    }
  }

  private String section;

  private static void append(String word, ByteArrayOutputStream out) {
    int times = word.indexOf('x');
    byte[] bytes = HexFormat.of().parseHex(times < 0 ? word : word.substring(0, times));
    for (int i = times < 0 ? 1 : Integer.parseInt(word.substring(times + 1)); i > 0; i--) {
      out.writeBytes(bytes);
    }
  }
}
