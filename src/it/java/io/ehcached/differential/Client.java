package io.ehcached.differential;

import io.ehcached.conformance.ServerUnderTest;
import io.ehcached.support.Patience;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Plays scripts to one server, and writes down what it is answered. */
abstract class Client implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();

  private final ServerUnderTest server;
  private Socket socket;
  private DataInputStream in;

  Client(ServerUnderTest server) {
    this.server = server;
  }

  /**
   * What a server says to a step; or to several of which it took all but the last for something
   * else, such as a data block.
   */
  record Answer(int step, List<String> lines) {}

  /** Plays a script from its start. */
  final List<Answer> play(Script script, String prefix) throws IOException {
    begin(script, prefix);
    List<Answer> answers = new ArrayList<>();
    List<Script.Step> steps = script.steps();
    int from = 0;
    while (from < steps.size()) {
      int to = from + 1;
      while (to < steps.size() && !steps.get(to).waits()) {
        to++;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (socket == null) {
        connect();
        out.writeBytes(greeting());
      }
      for (int i = from; i < to; i++) {
        out.writeBytes(request(i, steps.get(i)));
      }
      out.writeBytes(end());
      send(out.toByteArray(), script.pieces());
      try {
        if (!read(in, to - 1, answers)) {
          close();
        }
      } catch (SocketTimeoutException e) {
        close();
        throw new AssertionError(
            (isOfToday() ? "our node" : "memcached")
                + " does not answer all of the steps "
                + (from + 1)
                + " to "
                + to,
            e);
      }
      from = to;
    }
    return answers;
  }

  /** Prepares for a script. */
  abstract void begin(Script script, String prefix);

  /** Returns the bytes that tell a server the protocol, and that it does not answer. */
  abstract byte[] greeting();

  /** Returns the bytes of a step. */
  abstract byte[] request(int index, Script.Step step);

  /** Returns the bytes that end what is sent without waiting. */
  abstract byte[] end();

  /**
   * Reads the answers up to that which {@link #end} has.
   *
   * @param last the index of the last step sent
   * @return whether the connection is still open
   */
  abstract boolean read(DataInputStream from, int last, List<Answer> answers) throws IOException;

  final boolean isOfToday() {
    return server.isOfToday();
  }

  private void send(byte[] bytes, List<Integer> pieces) {
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int length = Math.min(pieces.get(i % pieces.size()), bytes.length - at);
      try {
        socket.getOutputStream().write(bytes, at, length);
      } catch (IOException e) {
        return; // the server has closed; whether it should is seen by what it answers
      }
      at += length;
    }
  }

  private void connect() throws IOException {
    socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  /** Disconnects; the next script connects again. */
  @Override
  public final void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
