package io.ehcached.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a server sends on one connection, held against what it should. */
final class Answers {
  private static final int GLIMPSE_MILLIS = 200;
  private static final int SHOWN = 200;

  private final Socket socket;
  private final InputStream in;
  private final Map<String, String> numbers;
  private final long begin;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  /**
   * Listens.
   *
   * @param numbers those that have a name, to be looked up and added to
   * @param begin when the first request was sent or before, by {@link System#nanoTime}
   */
  Answers(Socket socket, Map<String, String> numbers, long begin) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.numbers = numbers;
    this.begin = begin;
  }

  /** Reads an answer; one that is another is an assertion error that says what came instead. */
  void expect(List<Part> parts) throws IOException {
    heard.reset();
    for (Part part : parts) {
      String complaint;
      try {
        complaint = complaint(part);
      } catch (SocketTimeoutException e) {
        complaint = "expected " + show(part) + " and nothing more came";
      }
      if (complaint != null) {
        glimpse();
        throw new AssertionError(complaint + "; the answer was " + show(heard.toByteArray()));
      }
    }
  }

  /** Reads up to these bytes and returns all, these included. */
  byte[] until(byte[] end) throws IOException {
    heard.reset();
    while (true) {
      int b = read();
      if (b < 0) {
        throw new AssertionError("closed after " + show(heard.toByteArray()));
      }
      byte[] all = heard.toByteArray();
      int from = all.length - end.length;
      if (from >= 0 && Arrays.equals(all, from, all.length, end, 0, end.length)) {
        return all;
      }
    }
  }

  private String complaint(Part part) throws IOException {
    if (part instanceof Part.Bytes literal) {
      return literal(literal.bytes());
    } else if (part instanceof Part.Named named) {
      String number = number();
      String before = numbers.putIfAbsent(named.name(), number);
      return before == null || before.equals(number) ? null : "expected the number " + before;
    } else if (part instanceof Part.AnyNumber) {
      number();
      return null;
    } else if (part instanceof Part.Seconds seconds) {
      return seconds(seconds);
    } else if (part instanceof Part.RestOfLine) {
      line();
      return null;
    } else if (part instanceof Part.Stats stats) {
      return stats(stats.names());
    }
    return read() < 0 ? null : "expected the end of the connection";
  }

  private String seconds(Part.Seconds expected) throws IOException {
    String number = number();
    if (number.isEmpty()) {
      return "expected seconds";
    }
    long passed = (Long.parseLong(number) - expected.atFirst()) * expected.perSecond();
    long max = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    return passed >= 0 && passed <= max
        ? null
        : "expected " + expected.atFirst() + " seconds, of which up to " + max + " may have passed";
  }

  private String literal(byte[] bytes) throws IOException {
    for (byte b : bytes) {
      if (read() != (b & 0xFF)) {
        return "expected " + show(bytes);
      }
    }
    return null;
  }

  private String number() throws IOException {
    StringBuilder number = new StringBuilder();
    while (true) {
      in.mark(1);
      int b = in.read();
      if (b < '0' || b > '9') {
        in.reset();
        return number.toString();
      }
      heard.write(b);
      number.append((char) b);
    }
  }

  /** Reads up to a line end, which it leaves. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      in.mark(1);
      int b = in.read();
      if (b < 0 || b == '\r') {
        in.reset();
        return line.toString();
      }
      heard.write(b);
      line.append((char) b);
    }
  }

  private String stats(List<String> names) throws IOException {
    Set<String> missing = new HashSet<>(names);
    missing.remove("");
    while (true) {
      String line = line();
      String complaint = literal(new byte[] {'\r', '\n'});
      if (complaint != null) {
        return complaint;
      }
      if (line.equals("END")) {
        return missing.isEmpty() ? null : "expected the statistics " + missing;
      }
      String[] words = line.split(" ", 3);
      if (words.length != 3 || !words[0].equals("STAT")) {
        return "expected statistics";
      }
      missing.remove(words[1]);
    }
  }

  private int read() throws IOException {
    int b;
    try {
      b = in.read();
    } catch (SocketException e) {
      return -1; // closed with something unread, which the kernel tells by a reset
    }
    if (b >= 0) {
      heard.write(b);
    }
    return b;
  }

  /** Adds what comes shortly, for people to see. */
  private void glimpse() throws IOException {
    socket.setSoTimeout(GLIMPSE_MILLIS);
    try {
      int b;
      do {
        b = read();
      } while (b >= 0 && heard.size() < 10 * SHOWN);
    } catch (SocketTimeoutException e) {
      // that was all
    }
  }

  private static String show(Part part) {
    return part instanceof Part.Bytes literal ? show(literal.bytes()) : part.toString();
  }

  private static String show(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    text = text.replace("\r", "\\r").replace("\n", "\\n");
    if (text.length() > 2 * SHOWN) {
      text =
          text.substring(0, SHOWN)
              + "... ("
              + bytes.length
              + " bytes) ..."
              + text.substring(text.length() - SHOWN);
    }
    return "\"" + text + "\"";
  }
}
