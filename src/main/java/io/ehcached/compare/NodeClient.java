package io.ehcached.compare;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One node, as a client of its text protocol. For one thread. */
final class NodeClient implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5000;
  private static final int READ_MILLIS = 60_000;
  private static final int BUFFER = 1 << 16;
  private static final int MAX_ASKED = 500;

  private final String address;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  /**
   * What a node holds under a key; two nodes that hold the same have the same line.
   *
   * @param key as the node writes it, with percent signs for what is not plain
   * @param cas the cas unique, which no two writes of a key share
   * @param size in bytes, by the node's reckoning
   */
  record Line(String key, long cas, long size) {}

  /**
   * Connects.
   *
   * @param address a host and a port, {@code 10.0.0.1:11211}; IPv6 in brackets
   * @param login a user, a space, and the password; null where the node asks for none
   * @throws IOException whose message tells of the address and the reason
   */
  NodeClient(String address, String login) throws IOException {
    this.address = address;
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    try {
      socket.connect(new InetSocketAddress(host.replaceAll("^\\[|]$", ""), port), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      out = socket.getOutputStream();
      if (login != null) {
        logIn(login);
      }
    } catch (IOException | IllegalArgumentException e) {
      close();
      throw failure(e);
    }
  }

  private IOException failure(Exception e) {
    return new IOException(address + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
  }

  String address() {
    return address;
  }

  private void logIn(String login) throws IOException {
    byte[] secret = login.getBytes(StandardCharsets.UTF_8);
    send("set login 0 0 " + secret.length + "\r\n" + login + "\r\n");
    String answer = line();
    if (!answer.equals("STORED")) {
      throw new IOException("refused the user or the password: " + answer);
    }
  }

  /** Gives out a line for each item. */
  void dump(Consumer<Line> each) throws IOException {
    try {
      send("lru_crawler metadump all\r\n");
      String line = line();
      while (line.equals("OK") || line.startsWith("key=")) {
        if (line.startsWith("key=")) {
          each.accept(read(line.substring("key=".length()), line));
        }
        line = line();
      }
      if (!line.equals("END")) {
        throw new IOException("does not list its keys: " + line);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Returns what the node holds under keys by now, in their order; null for nothing. */
  List<Line> look(List<String> keys) throws IOException {
    List<Line> lines = new ArrayList<>();
    try {
      for (int from = 0; from < keys.size(); from += MAX_ASKED) {
        List<String> some = keys.subList(from, Math.min(keys.size(), from + MAX_ASKED));
        StringBuilder asked = new StringBuilder();
        for (String key : some) {
          asked.append("me ").append(base64(key)).append(" b\r\n");
        }
        send(asked.toString());
        for (String key : some) {
          String line = line();
          if (!line.equals("EN") && !line.startsWith("ME ")) {
            throw new IOException("does not tell of a key: " + line);
          }
          lines.add(line.equals("EN") ? null : read(key, line));
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return lines;
  }

  /** Returns the statistics of replication, by name; nothing for a node without peers. */
  Map<String, String> replication() throws IOException {
    Map<String, String> stats = new LinkedHashMap<>();
    try {
      send("stats replication\r\n");
      for (String line = line(); !line.equals("END"); line = line()) {
        String[] words = line.split(" ", 3);
        if (words.length < 3 || !words[0].equals("STAT")) {
          throw new IOException("does not tell of its peers: " + line);
        }
        stats.put(words[1], words[2]);
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return stats;
  }

  private static Line read(String from, String line) throws IOException {
    int end = from.indexOf(' ');
    return new Line(
        end < 0 ? from : from.substring(0, end), number(line, " cas="), number(line, " size="));
  }

  private static long number(String line, String name) throws IOException {
    int start = line.indexOf(name);
    int end = line.indexOf(' ', start + name.length());
    if (start < 0) {
      throw new IOException("a line without" + name + " cannot be understood: " + line);
    }
    String digits = line.substring(start + name.length(), end < 0 ? line.length() : end);
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new IOException("a line with a wrong number cannot be understood: " + line, e);
    }
  }

  /** Undoes the percent signs: a key may hold any byte. */
  private static String base64(String key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '%' && i + 2 < key.length()) {
        bytes.write(Integer.parseInt(key.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(key.charAt(i));
      }
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed the connection");
      }
      line.append((char) b);
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is closed to the node in any case
    }
  }
}
