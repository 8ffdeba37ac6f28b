package io.ehcached.support;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A person at a telnet prompt: sends lines of memcached's text protocol, and reads the answers. */
public final class TextClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();

  private final AutoCloseable connection;
  private final InputStream in;
  private final OutputStream out;

  /** Connects to a node on this machine. */
  public TextClient(int port) {
    this(connect(port));
  }

  private static Socket connect(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Talks over a connection that somebody else has made. */
  public TextClient(Socket socket) {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      connection = socket;
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects to a node by its unix socket, on whatever network the node is. */
  public TextClient(Path socket) {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      connection = channel;
      in = new BufferedInputStream(Channels.newInputStream(channel));
      out = Channels.newOutputStream(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as it is. */
  public void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public void send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more will be sent, as {@code nc -N} does; answers can still be read. */
  public void endInput() {
    try {
      if (connection instanceof Socket socket) {
        socket.shutdownOutput();
      } else {
        ((SocketChannel) connection).shutdownOutput();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next line without its end. */
  public String line() {
    String line = rawLine();
    return line.substring(0, line.length() - 1);
  }

  /** Returns the next line without the newline; what stands before that is part of it. */
  public String rawLine() {
    try {
      StringBuilder line = new StringBuilder();
      while (true) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("the node closed the connection after: " + line);
        }
        if (next == '\n') {
          return line.toString();
        }
        line.append((char) next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns so many bytes as they come. */
  public byte[] bytes(int count) {
    try {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether the node has closed the connection, having sent nothing more; waits for it. */
  public boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Sends a line and returns the line that answers it. */
  public String ask(String line) {
    send(line + "\r\n");
    return line();
  }

  /** Stores a value under flags 0, and returns the answer. */
  public String set(String key, String value, long exptime) {
    return ask("set " + key + " 0 " + exptime + " " + value.length() + "\r\n" + value);
  }

  /** Stores a value that does not expire. */
  public String set(String key, String value) {
    return set(key, value, 0);
  }

  /** Returns a value, or null. */
  public String get(String key) {
    return read("get", key, 0);
  }

  /** Returns the cas unique of an item, or null. */
  public String cas(String key) {
    return read("gets", key, 4);
  }

  /** Returns the flags of an item, or null. */
  public String flags(String key) {
    return read("get", key, 2);
  }

  private String read(String command, String key, int field) {
    String header = ask(command + " " + key);
    if (header.equals("END")) {
      return null;
    }
    String value = line();
    String end = line();
    if (!end.equals("END")) {
      throw new AssertionError("no END after " + header + ": " + end);
    }
    return field == 0 ? value : header.split(" ", -1)[field];
  }

  /** Returns one number or word of {@code stats}, or null when it is not shown. */
  public String stat(String arguments, String name) {
    send("stats" + (arguments.isEmpty() ? "" : " " + arguments) + "\r\n");
    String found = null;
    for (String line = line(); !line.equals("END"); line = line()) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[1].equals(name)) {
        found = words[2];
      }
    }
    return found;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
