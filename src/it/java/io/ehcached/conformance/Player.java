package io.ehcached.conformance;

import static org.awaitility.Awaitility.await;

import io.ehcached.support.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** A client that does what a transcript says, and holds the server to it. */
final class Player {
  private static final int MANY = 20_000;
  private static final int MANY_PIECE = 1009;
  private static final byte[] MARK = "mn\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MARK_ANSWER = "MN\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Transcript transcript;
  private final ServerUnderTest server;
  private final boolean inPieces;
  private final Map<String, String> numbers = new HashMap<>();
  private final long begin = System.nanoTime();
  private Socket socket;
  private Answers answers;

  /**
   * Makes a player.
   *
   * @param inPieces whether to send byte by byte, or in small pieces where there are many bytes
   */
  Player(Transcript transcript, ServerUnderTest server, boolean inPieces) {
    this.transcript = transcript;
    this.server = server;
    this.inPieces = inPieces;
  }

  /** Plays the transcript to its end; an answer that is another is an assertion error. */
  void play() throws IOException {
    try {
      for (Transcript.Exchange exchange : transcript.exchanges()) {
        play(exchange);
      }
      end();
    } finally {
      disconnect();
    }
  }

  private void play(Transcript.Exchange exchange) throws IOException {
    connect();
    List<Part> expected = exchange.expected(server);
    if (exchange.untilAnswered()) {
      askUntilAnswered(exchange, expected);
      return;
    }
    send(bytes(exchange.request()));
    try {
      answers.expect(expected);
    } catch (AssertionError e) {
      throw new AssertionError(exchange.where() + ": " + e.getMessage(), e);
    }
    if (expected.stream().anyMatch(Part.Closed.class::isInstance)) {
      disconnect();
    }
  }

  private void askUntilAnswered(Transcript.Exchange exchange, List<Part> expected) {
    byte[] request = concat(bytes(exchange.request()), MARK);
    byte[] wanted = concat(bytes(expected), MARK_ANSWER);
    try {
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                send(request);
                return Arrays.equals(answers.until(MARK_ANSWER), wanted);
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(exchange.where() + ": not answered so in " + Patience.LONG, e);
    }
  }

  private byte[] bytes(List<Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      if (part instanceof Part.Bytes literal) {
        bytes.writeBytes(literal.bytes());
      } else if (part instanceof Part.Named named) {
        bytes.writeBytes(numbers.get(named.name()).getBytes(StandardCharsets.US_ASCII));
      } else {
        throw new IllegalArgumentException("this is not to be sent: " + part);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void send(byte[] bytes) throws IOException {
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
      socket.setSoTimeout((int) Patience.LONG.toMillis());
      answers = new Answers(socket, numbers, begin);
    }
  }

  private void end() throws IOException {
    if (socket != null) {
      socket.shutdownOutput();
      try {
        answers.expect(List.of(new Part.Closed()));
      } catch (AssertionError e) {
        throw new AssertionError("at the transcript's end: " + e.getMessage(), e);
      }
    }
  }

  private void disconnect() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
