package io.ehcached.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.BinaryPacket;
import io.ehcached.support.Patience;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** A client that does what a binary transcript says, and holds the server to it. */
final class BinaryPlayer {
  private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();
  private static final int MARK = 0xffff;
  private static final int MANY = 20_000;
  private static final int MANY_PIECE = 1009;
  private static final String WHATEVER = "...";

  private final BinaryTranscript transcript;
  private final ServerUnderTest server;
  private final boolean inPieces;
  private final BinaryAnswers answers = new BinaryAnswers();
  private Socket socket;
  private DataInputStream in;

  /**
   * Makes a player.
   *
   * @param inPieces whether to send byte by byte, or in small pieces where there are many bytes
   */
  BinaryPlayer(BinaryTranscript transcript, ServerUnderTest server, boolean inPieces) {
    this.transcript = transcript;
    this.server = server;
    this.inPieces = inPieces;
  }

  /** Plays the transcript to its end; an answer that is another is an assertion error. */
  void play() throws IOException {
    try {
      for (BinaryTranscript.Exchange exchange : transcript.exchanges()) {
        play(exchange);
      }
      if (socket != null) {
        socket.shutdownOutput();
        assertThat(answers.until(MARK, in)).containsExactly(BinaryAnswers.CLOSED);
      }
    } finally {
      disconnect();
    }
  }

  private void play(BinaryTranscript.Exchange exchange) throws IOException {
    connect();
    List<String> expected =
        server.isOfToday() && !exchange.ours().isEmpty() ? exchange.ours() : exchange.answer();
    boolean closed = expected.contains(BinaryAnswers.CLOSED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int opaque = 0;
    for (BinaryRequest request : exchange.requests()) {
      out.writeBytes(request.bytes(++opaque, answers.cas()));
    }
    if (!closed) {
      out.writeBytes(BinaryPacket.of(BinaryOpcodes.code("noop")).opaque(MARK).bytes());
    }
    send(out.toByteArray());
    check(exchange.where(), answers.until(MARK, in), expected);
    if (closed) {
      disconnect();
    }
  }

  /** Holds lines against those expected, of which one that is only dots is any number of lines. */
  private static void check(String where, List<String> lines, List<String> expected) {
    int at = 0;
    boolean any = false;
    for (String line : expected) {
      if (line.equals(WHATEVER)) {
        any = true;
        continue;
      }
      while (any && at < lines.size() && !lines.get(at).equals(line)) {
        at++;
      }
      if (at == lines.size() || !lines.get(at).equals(line)) {
        assertThat(lines).as(where).isEqualTo(expected);
      }
      at++;
      any = false;
    }
    if (!any && at < lines.size()) {
      assertThat(lines).as(where).isEqualTo(expected);
    }
  }

  private void send(byte[] bytes) {
    int piece = inPieces ? (bytes.length <= MANY ? 1 : MANY_PIECE) : bytes.length;
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(piece, bytes.length - at);
      try {
        socket.getOutputStream().write(bytes, at, length);
      } catch (IOException e) {
        return; // the server has closed; whether it should is seen by what it answers
      }
      at += length;
    }
  }

  private void connect() throws IOException {
    if (socket == null) {
      socket = new Socket(server.address().getAddress(), server.address().getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private void disconnect() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
