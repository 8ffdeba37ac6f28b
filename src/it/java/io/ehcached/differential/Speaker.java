package io.ehcached.differential;

import io.ehcached.conformance.BinaryRequest;
import io.ehcached.support.Patience;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client of one protocol that asks what all can ask, and tells the answer in the words of none:
 *
 * <pre>
 * ok
 * ok number=8
 * ok flags=7 value=one cas=#1
 * not found, not stored, exists, too large, no number
 * </pre>
 */
abstract class Speaker implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();
  private static final int MAX_SHOWN = 100;

  private final Socket socket;
  private final DataInputStream in;
  private Names names;

  Speaker(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Begins a script; those who share one share its names. */
  final void begin(Names scriptsNames) {
    names = scriptsNames;
  }

  /** Asks, and returns what the answer means. */
  final String ask(String operation) throws IOException {
    BinaryRequest request = BinaryRequest.parse(names.fill(operation));
    socket.getOutputStream().write(rendered(request));
    return answer(request);
  }

  /** Returns the bytes of a request. */
  abstract byte[] rendered(BinaryRequest request);

  /** Reads the answer to a request. */
  abstract String answer(BinaryRequest request) throws IOException;

  final DataInputStream in() {
    return in;
  }

  final String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed after " + line);
      }
      if (b == '\n') {
        return line.substring(0, line.length() - 1);
      }
      line.append((char) b);
    }
  }

  /** Returns a data block, whose line end is read, too. */
  final String block(int length) throws IOException {
    String block = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    in.readFully(new byte[2]);
    return block;
  }

  final String found(String flags, String value, String cas) {
    String shown = value.length() > MAX_SHOWN ? value.length() + " bytes" : Script.escaped(value);
    return "ok flags=" + flags + " value=" + shown + " cas=" + names.of(cas);
  }

  /** Returns a field of a request, or another value where it has none. */
  static String field(BinaryRequest request, String name, String other) {
    return request.fields().getOrDefault(name, other);
  }

  /**
   * Returns what a line of the text or the meta protocol means that is neither value nor number.
   */
  static String meaning(String line) {
    return switch (line) {
      case "STORED", "HD", "DELETED", "TOUCHED", "OK", "MN" -> "ok";
      case "NOT_STORED", "NS" -> "not stored";
      case "EXISTS", "EX" -> "exists";
      case "NOT_FOUND", "NF", "EN", "END" -> "not found";
      case "CLIENT_ERROR cannot increment or decrement non-numeric value" -> "no number";
      case "SERVER_ERROR object too large for cache" -> "too large";
      default -> line;
    };
  }

  @Override
  public final void close() throws IOException {
    socket.close();
  }
}
