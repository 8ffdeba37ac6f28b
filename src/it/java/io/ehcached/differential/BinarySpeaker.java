package io.ehcached.differential;

import io.ehcached.conformance.BinaryRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Asks in the binary protocol. */
final class BinarySpeaker extends Speaker {
  private static final int HEADER_LENGTH = 24;

  BinarySpeaker(InetSocketAddress address) throws IOException {
    super(address);
  }

  @Override
  byte[] rendered(BinaryRequest request) {
    return request.bytes(0, Map.of());
  }

  @Override
  String answer(BinaryRequest request) throws IOException {
    byte[] bytes = new byte[HEADER_LENGTH];
    in().readFully(bytes);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    ByteBuffer body = ByteBuffer.wrap(in().readNBytes(header.getInt(8)));
    String opcode = request.opcode();
    int status = header.getShort(6);
    if (status == 0) {
      return switch (opcode) {
        case "get", "gat" -> {
          String flags = Integer.toUnsignedString(body.getInt());
          String value = StandardCharsets.ISO_8859_1.decode(body).toString();
          yield found(flags, value, Long.toUnsignedString(header.getLong(16)));
        }
        case "increment", "decrement" -> "ok number=" + Long.toUnsignedString(body.getLong());
        default -> "ok";
      };
    }
    return switch (status) {
      case 1 -> opcode.equals("replace") ? "not stored" : "not found";
      case 2 -> opcode.equals("add") ? "not stored" : "exists";
      case 3 -> "too large";
      case 5 -> "not stored";
      case 6 -> "no number";
      default -> String.format("0x%02x", status);
    };
  }
}
