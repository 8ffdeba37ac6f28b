package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.Patience;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All clients at once that ask for more than their share: the others are served all the same, and
 * the node's memory stays within its bounds.
 */
class AbusiveClientsIT {
  private static final int MAX_CLIENTS = 10_000;
  private static final int SPARE_FILES = 1000;
  private static final int THREADS = 2;
  private static final int PROBES = 2 * THREADS; // so that each thread has some
  private static final int REQUESTS = 1000;
  private static final int WIDE = 900_000;
  private static final int WIDES = 30;
  private static final int PREFIXES = 10_000;
  private static final long MB = 1024 * 1024;

  private final List<SocketChannel> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private NodeProcess node;

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void others_areServed_andMemoryIsBounded(String transport) throws Exception {
    node =
        NodeProcess.builder()
            .environment(Map.of("EHCACHED_JAVA_OPTS", "")) // as it is run: its times are told
            .arguments("-m", "64", "-c", "12000", "-b", "4096", "-t", Integer.toString(THREADS))
            .arguments("--transport", transport)
            .start();
    try (TextClient looker = node.connect()) {
      fill(looker);
      int connected = connectMany();
      abuse();
      long[] nanos = probe();
      long max = Long.parseLong(looker.stat("settings", "resp_obj_mem_limit"));
      long held = Long.parseLong(looker.stat("", "response_obj_bytes"));
      assertThat(held).isLessThan(2 * max);
      assertThat(node.process().isAlive()).isTrue();
      assertThat(workers()).isEqualTo(THREADS);
      System.out.printf(
          "abusive clients, %s: %d connected; others' gets p50 %.1f ms, p99 %.1f ms, most %.1f ms;"
              + " answers hold %d of %d MB, resident at most %d MB; closed for memory %s%n",
          transport,
          connected,
          nanos[nanos.length / 2] / 1e6,
          nanos[nanos.length * 99 / 100] / 1e6,
          nanos[nanos.length - 1] / 1e6,
          held / MB,
          max / MB,
          maxResident(),
          looker.stat("", "response_obj_oom"));
      assertThat(node.log())
          .doesNotContain("OutOfMemory")
          .doesNotContain("internal error")
          .doesNotContain("\tat ");
      // Heap and direct memory are 236 and 256 MB at most; the JVM itself takes some 150.
      assertThat(maxResident()).isLessThan(700);
    } finally {
      stopped.set(true);
      for (SocketChannel client : open) {
        client.close();
      }
      for (Thread thread : threads) {
        thread.join(Patience.LONG.toMillis());
      }
      node.close();
    }
  }

  private static void fill(TextClient client) {
    for (int i = 0; i < WIDES; i++) {
      assertThat(client.set("wide" + i, "v".repeat(WIDE))).isEqualTo("STORED");
    }
    assertThat(client.ask("stats detail on")).isEqualTo("OK");
    StringBuilder gets = new StringBuilder();
    for (int i = 0; i < PREFIXES; i++) {
      gets.append("mg ").append(i).append("p".repeat(220)).append(":k\r\n");
      if (i % 500 == 499) {
        client.send(gets + "mn\r\n");
        gets.setLength(0);
        for (String line = client.line(); !line.equals("MN"); line = client.line()) {
          assertThat(line).isEqualTo("EN");
        }
      }
    }
    assertThat(client.ask("set probe 0 0 5\r\nvalue")).isEqualTo("STORED");
  }

  /** Connects as many clients as may be; each begins a command, and says no more. */
  private int connectMany() throws IOException {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    int count = (int) Math.min(MAX_CLIENTS, files - SPARE_FILES);
    for (int i = 0; i < count; i++) {
      write(connect(), "get ke");
    }
    return count;
  }

  private void abuse() throws IOException {
    String wides = "get" + String.join("", Stream.of(names()).map(" "::concat).toList()) + "\r\n";
    for (int i = 0; i < 20; i++) {
      write(connect(), wides.repeat(20)); // and never read
      write(connect(), "stats detail dump\r\n".repeat(120));
      write(connect(), "stats conns\r\n".repeat(120));
      write(connect(), "stats\r\nstats items\r\nstats settings\r\n".repeat(120));
      write(connect(), "set half" + i + " 0 0 1000000\r\n" + "v".repeat(500_000));
    }
    for (String dump :
        List.of("lru_crawler metadump all", "lru_crawler mgdump all", "stats cachedump 1 0")) {
      write(connect(), (dump + "\r\n").repeat(100));
    }
    inBackground(this::byteByByte);
    for (int i = 0; i < 2; i++) {
      pipeline("get probe\r\n");
      pipeline("get none\r\n");
      pipeline("mg probe\r\n");
    }
    inBackground(this::replaceValues);
  }

  private static String[] names() {
    String[] names = new String[WIDES];
    Arrays.setAll(names, i -> "wide" + i);
    return names;
  }

  /** Sends requests without end, and reads the answers. */
  private void pipeline(String request) throws IOException {
    SocketChannel client = connect();
    client.configureBlocking(true);
    ByteBuffer requests = ascii(request.repeat(600_000));
    run(
        () -> {
          while (!stopped.get()) {
            requests.rewind();
            while (requests.hasRemaining()) {
              client.write(requests);
            }
          }
        });
    run(
        () -> {
          ByteBuffer answers = ByteBuffer.allocate(1 << 16);
          while (client.read(answers) >= 0) {
            answers.clear();
          }
        });
  }

  private void byteByByte(SocketChannel client) throws IOException {
    for (byte b : "get a_key_that_takes_a_minute_to_come\r\n".getBytes(StandardCharsets.US_ASCII)) {
      client.write(ByteBuffer.wrap(new byte[] {b}));
      long next = System.nanoTime() + 1_000_000_000L;
      while (System.nanoTime() < next && !stopped.get()) {
        LockSupport.parkNanos(10_000_000L);
      }
    }
  }

  private void replaceValues(SocketChannel client) throws IOException {
    String value = "w".repeat(WIDE);
    ByteBuffer answer = ByteBuffer.allocate(100);
    for (int i = 0; !stopped.get(); i++) {
      ByteBuffer set = ascii("set wide" + i % WIDES + " 0 0 " + WIDE + "\r\n" + value + "\r\n");
      while (set.hasRemaining()) {
        client.write(set);
      }
      answer.clear();
      client.read(answer);
    }
  }

  /** What a client does. */
  private interface Deed {
    void doIt(SocketChannel client) throws IOException;
  }

  /** What a client does, wherever it is. */
  private interface Task {
    void run() throws IOException;
  }

  private void inBackground(Deed deed) throws IOException {
    SocketChannel client = connect();
    client.configureBlocking(true);
    run(() -> deed.doIt(client));
  }

  private void run(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // closed, by the node or by the test
              }
            });
    threads.add(thread);
    thread.start();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()));
    client.configureBlocking(false);
    open.add(client);
    return client;
  }

  /** Writes as much as the system takes at once. */
  private static void write(SocketChannel client, String text) throws IOException {
    client.write(ascii(text));
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Asks as clients do that want one thing at a time; returns how long that took, in order. */
  private long[] probe() {
    List<TextClient> clients = new ArrayList<>();
    for (int i = 0; i < PROBES; i++) {
      clients.add(node.connect());
    }
    long[] nanos = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      long start = System.nanoTime();
      assertThat(clients.get(i % PROBES).get("probe")).isEqualTo("value");
      nanos[i] = System.nanoTime() - start;
    }
    clients.forEach(TextClient::close);
    Arrays.sort(nanos);
    return nanos;
  }

  private long workers() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + node.process().pid() + "/task"))) {
      return tasks.filter(task -> name(task).startsWith("ehcached-worker")).count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns how much memory the node has had at most, in MB. */
  private long maxResident() {
    try {
      return Files.readAllLines(Path.of("/proc/" + node.process().pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
