package io.ehcached.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client of memcached's UDP protocol, which numbers its requests. */
public final class UdpClient implements AutoCloseable {
  private static final int HEADER_LENGTH = 8;
  private static final int TIMEOUT_MILLIS = (int) Patience.LONG.toMillis();
  private static final int LARGEST = 65_535;

  private final DatagramSocket socket;
  private int id = 40_000; // more than fits into 15 bits

  /** Makes a client of a server on this machine. */
  public UdpClient(int port) {
    try {
      socket = new DatagramSocket();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends requests in a datagram of their own. */
  public void send(byte[] requests) {
    id++;
    sendRaw(datagram(id, 0, 1, requests));
  }

  /** Returns a datagram. */
  public static byte[] datagram(int id, int number, int count, byte[] requests) {
    return ByteBuffer.allocate(HEADER_LENGTH + requests.length)
        .putShort((short) id)
        .putShort((short) number)
        .putShort((short) count)
        .putShort((short) 0)
        .put(requests)
        .array();
  }

  /** Sends a datagram as it is. */
  public void sendRaw(byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the next datagram answers, which has to be to the last request. */
  public byte[] receive() {
    byte[] datagram = receiveRaw();
    byte[] header = datagram(id, 0, 1, new byte[0]);
    if (!Arrays.equals(header, Arrays.copyOf(datagram, HEADER_LENGTH))) {
      throw new AssertionError("no header of request " + id + ": " + Arrays.toString(datagram));
    }
    return Arrays.copyOfRange(datagram, HEADER_LENGTH, datagram.length);
  }

  /** Returns the next datagram as it is. */
  public byte[] receiveRaw() {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer to request " + id, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends requests, and returns what answers them. */
  public byte[] ask(byte[] requests) {
    send(requests);
    return receive();
  }

  /** Sends requests, and returns what answers them. */
  public String ask(String requests) {
    byte[] answer = ask(requests.getBytes(StandardCharsets.ISO_8859_1));
    return new String(answer, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    socket.close();
  }
}
