package io.ehcached.protocol.line;

import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** The error lines of the text and the meta protocol. */
public final class ErrorLines {
  private static final byte[] END = {'\r', '\n'};
  private static final byte[] OUT_OF_MEMORY_IN_PLACE = line("SERVER_ERROR out of memory");
  private static final Map<Status, byte[]> FIXED = new EnumMap<>(Status.class);

  static {
    FIXED.put(Status.UNKNOWN_COMMAND, line("ERROR"));
    FIXED.put(Status.BAD_FORMAT, line("CLIENT_ERROR bad command line format"));
    FIXED.put(Status.BAD_CHUNK, line("CLIENT_ERROR bad data chunk"));
    FIXED.put(Status.BAD_EXPTIME, line("CLIENT_ERROR invalid exptime argument"));
    FIXED.put(Status.BAD_DELTA, line("CLIENT_ERROR invalid numeric delta argument"));
    FIXED.put(
        Status.NOT_NUMERIC, line("CLIENT_ERROR cannot increment or decrement non-numeric value"));
    FIXED.put(Status.UNAUTHENTICATED, line("CLIENT_ERROR unauthenticated"));
    FIXED.put(Status.AUTH_FAILED, line("CLIENT_ERROR authentication failure"));
    FIXED.put(Status.AUTH_CONTINUE, line("CLIENT_ERROR unauthenticated")); // SASL's alone, in truth
    FIXED.put(Status.TOO_LARGE, line("SERVER_ERROR object too large for cache"));
    FIXED.put(Status.OUT_OF_MEMORY, line("SERVER_ERROR out of memory storing object"));
  }

  private ErrorLines() {}

  /** Writes the line of an error whose text does not depend on the command. */
  public static void write(Response response, ByteBuf out) {
    switch (response.status()) {
      case NOT_ALLOWED -> text("CLIENT_ERROR ", orElse(response.text(), "not allowed"), out);
      case BAD_ARGUMENT -> text("CLIENT_ERROR ", orElse(response.text(), "bad argument"), out);
      case SERVER_ERROR -> text("SERVER_ERROR ", orElse(response.text(), "internal error"), out);
      default -> out.writeBytes(FIXED.get(response.status()));
    }
  }

  /** Writes the error of an increment or decrement for whose result there is no room. */
  public static void outOfMemoryInPlace(ByteBuf out) {
    out.writeBytes(OUT_OF_MEMORY_IN_PLACE);
  }

  /** Writes a line of two parts. */
  public static void text(String prefix, String text, ByteBuf out) {
    ByteBufUtil.writeAscii(out, prefix);
    ByteBufUtil.writeUtf8(out, text);
    out.writeBytes(END);
  }

  private static String orElse(String text, String other) {
    return text != null ? text : other;
  }

  /** Returns the bytes of a line, its end included. */
  public static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
