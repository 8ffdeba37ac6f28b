package io.ehcached.support;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports that nobody has, for those who must be told one before they listen.
 *
 * <p>They are below those that the system gives to connections, and to whoever asks for any port
 * (32768 and up, on Linux). So nobody comes to have one in between; and none is given out twice.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /** Returns a port that is free for TCP and for UDP. */
  public static int next() {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no port is free from " + FIRST + " to " + (FIRST + COUNT - 1));
  }

  /** Returns so many ports that are free for TCP and for UDP. */
  public static int[] next(int count) {
    return IntStream.generate(FreePorts::next).limit(count).toArray();
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket(port);
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
