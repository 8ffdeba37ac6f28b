package io.ehcached.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A client of memcached's text protocol that does not wait for an answer before the next line. */
final class TextConnection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int BATCH = 200;
  private static final int TIMEOUT_MILLIS = 120_000;
  private static final int STORED = "STORED\r\n".length();
  private static final int LINE_END = 2;

  private static final Charset ISO = StandardCharsets.ISO_8859_1;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  TextConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] set(String key, byte[] value) {
    byte[] head = ("set " + key + " 0 0 " + value.length + "\r\n").getBytes(ISO);
    byte[] bytes = new byte[head.length + value.length + LINE_END];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(value, 0, bytes, head.length, value.length);
    bytes[bytes.length - 2] = '\r';
    bytes[bytes.length - 1] = '\n';
    return bytes;
  }

  /** Stores items, with the answers to one batch read while the next is being served. */
  void store(int from, int count) {
    byte[] one = set(Items.key(0), Items.value(0));
    int keyAt = "set ".length();
    int valueAt = one.length - LINE_END - Items.VALUE_LENGTH;
    byte[] batch = new byte[BATCH * one.length];
    int unread = 0;
    try {
      for (int at = 0; at < count; at += BATCH) {
        int size = Math.min(BATCH, count - at);
        for (int i = 0; i < size; i++) {
          int start = i * one.length;
          System.arraycopy(one, 0, batch, start, one.length);
          digits(batch, start + keyAt + Items.KEY_LENGTH, from + at + i);
          digits(batch, start + valueAt + Items.DIGITS, from + at + i);
        }
        out.write(batch, 0, size * one.length);
        stored(unread);
        unread = size;
      }
      stored(unread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a number so that it ends before {@code end}, over zeros. */
  private static void digits(byte[] bytes, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      bytes[--at] = (byte) ('0' + rest % 10);
    }
  }

  /** Sends a command that stores a value; somebody else reads the answer. */
  void sendSet(String key, byte[] value) {
    send(set(key, value));
  }

  private void send(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the answers to so many stores. */
  void stored(int count) throws IOException {
    byte[] answer = new byte[STORED];
    for (int i = 0; i < count; i++) {
      in.readFully(answer);
      if (answer[0] != 'S' || answer[STORED - 1] != '\n') {
        throw new IOException("not stored: " + new String(answer, ISO) + line());
      }
    }
  }

  /** Returns the value under a key, or null. */
  byte[] get(String key) {
    send(("get " + key + "\r\n").getBytes(ISO));
    try {
      String line = line();
      if (line.equals("END")) {
        return null;
      }
      byte[] value = value(line);
      line();
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] value(String line) throws IOException {
    byte[] value = new byte[Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))];
    in.readFully(value);
    in.skipNBytes(LINE_END);
    return value;
  }

  /** Returns how many of the items from {@code from} on are there, each with its value. */
  int count(int from, int count) {
    StringBuilder request = new StringBuilder("get");
    for (int i = from; i < from + count; i++) {
      request.append(' ').append(Items.key(i));
    }
    send(request.append("\r\n").toString().getBytes(ISO));
    int found = 0;
    try {
      for (String line = line(); !line.equals("END"); line = line()) {
        String key = line.split(" ", 3)[1];
        found += key.equals(Items.key((int) Items.number(value(line)))) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the node closed the connection after: " + line);
      }
      line.append((char) next);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
