package io.ehcached.conformance;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads response packets, and describes each in a line as transcripts have it. */
public final class BinaryAnswers {
  /** What is said of a connection that the server closed. */
  public static final String CLOSED = "closed";

  private static final int HEADER_LENGTH = 24;
  private static final int LONG_TEXT = 300;

  private final Map<Long, String> names = new HashMap<>();
  private final Map<String, Long> cas = new HashMap<>();

  /** Returns the cas uniques by the names that they have had since the server first said them. */
  public Map<String, Long> cas() {
    return cas;
  }

  /** Returns the lines up to the packet that answers {@code mark}, or the connection's end. */
  public List<String> until(int mark, DataInputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      byte[] header = new byte[HEADER_LENGTH];
      try {
        int first = in.read();
        if (first < 0) {
          lines.add(CLOSED);
          return lines;
        }
        header[0] = (byte) first;
        in.readFully(header, 1, HEADER_LENGTH - 1);
      } catch (SocketException e) {
        lines.add(CLOSED); // by a server that had not read all
        return lines;
      } catch (EOFException e) {
        throw new AssertionError("part of a packet only, behind " + lines, e);
      }
      ByteBuffer packet = ByteBuffer.wrap(header);
      byte[] body = in.readNBytes(packet.getInt(8));
      if (packet.getInt(12) == mark) {
        return lines;
      }
      lines.add(describe(packet, body));
    }
  }

  private String describe(ByteBuffer header, byte[] body) {
    int extrasLength = header.get(4);
    int keyLength = header.getShort(2);
    if (header.get(0) != (byte) 0x81
        || header.get(5) != 0
        || extrasLength + keyLength > body.length) {
      throw new AssertionError("no response packet: " + header);
    }
    String opcode = BinaryOpcodes.name(header.get(1) & 0xff);
    int status = header.getShort(6);
    StringBuilder line = new StringBuilder().append(header.getInt(12)).append(' ').append(opcode);
    line.append(status == 0 ? " ok" : String.format(" 0x%02x", status));
    ByteBuffer parts = ByteBuffer.wrap(body);
    if (extrasLength == Integer.BYTES) {
      line.append(" flags=").append(Integer.toUnsignedString(parts.getInt()));
    } else if (extrasLength != 0) {
      line.append(" extras of ").append(extrasLength).append(" bytes");
    }
    if (keyLength > 0) {
      line.append(" key=").append(text(parts, keyLength));
    }
    if (status == 0 && opcode.matches("(in|de)crementq?") && parts.remaining() == Long.BYTES) {
      line.append(" number=").append(Long.toUnsignedString(parts.getLong()));
    }
    if (parts.hasRemaining()) {
      line.append(" value=").append(text(parts, parts.remaining()));
    }
    long unique = header.getLong(16);
    return unique == 0 ? line.toString() : line.append(" cas=").append(name(unique)).toString();
  }

  private String name(long unique) {
    String name = names.computeIfAbsent(unique, first -> "c" + (names.size() + 1));
    cas.put(name, unique);
    return name;
  }

  private static String text(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    if (length > LONG_TEXT) {
      return length + " bytes";
    }
    StringBuilder text = new StringBuilder();
    for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
      text.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\x%02x", (int) c));
    }
    return text.toString();
  }
}
