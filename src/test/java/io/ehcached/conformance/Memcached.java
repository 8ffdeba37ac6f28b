package io.ehcached.conformance;

import static org.awaitility.Awaitility.await;

import io.ehcached.support.UsersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memcached itself, as Debian packs it or as it is today, in a process of its own. */
public final class Memcached implements ServerUnderTest {
  private static final String VERSION = "memcached 1.6.18";
  private static final Pattern PORT = Pattern.compile("TCP INET: (\\d+)\n");
  private static final Pattern UDP_PORT = Pattern.compile("UDP INET: (\\d+)\n");

  /** The property that names the binary of today's memcached, 1.6.45, where there is one. */
  private static final String TODAY = "memcached.today";

  private final Process process;
  private final InetSocketAddress address;
  private final int udpPort;
  private final boolean ofToday;

  private Memcached(Process process, InetSocketAddress address, int udpPort, boolean ofToday) {
    this.process = process;
    this.address = address;
    this.udpPort = udpPort;
    this.ofToday = ofToday;
  }

  /** Tells whether there is one of today as well. */
  public static boolean hasToday() {
    return System.getProperty(TODAY) != null;
  }

  /** Returns why neither can be started here, or null. */
  public static String absenceOfAny() {
    return hasToday() ? null : absence();
  }

  /** Returns why Debian's cannot be started here, or null. */
  public static String absence() {
    try {
      Process process = new ProcessBuilder("memcached", "-V").redirectErrorStream(true).start();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return version.equals(VERSION)
          ? null
          : "the transcripts hold for " + VERSION + ", and what is installed is " + version;
    } catch (IOException e) {
      return "memcached is not installed (apt-get install memcached): " + e.getMessage();
    }
  }

  /** Starts the one of today where there is one, and Debian's otherwise, on a free port. */
  public static Memcached startNewest(List<String> options) throws IOException {
    return hasToday() ? startToday(options) : start(options);
  }

  /** Starts it on a free port. */
  public static Memcached start(List<String> options) throws IOException {
    return start("memcached", options);
  }

  /** Starts the one of today on a free port. */
  static Memcached startToday(List<String> options) throws IOException {
    return start(System.getProperty(TODAY), options.stream().map(Memcached::ofToday).toList());
  }

  /** Returns an option as today's takes it: chunks are in kilobytes there, and were in bytes. */
  private static String ofToday(String option) {
    return option.equals("slab_chunk_max=2048") ? "slab_chunk_max=2" : option;
  }

  private static Memcached start(String binary, List<String> options) throws IOException {
    Path directory = Files.createTempDirectory("memcached");
    Path portFile = directory.resolve("port");
    List<String> command =
        new ArrayList<>(List.of(binary, "-l", "127.0.0.1", "-p", "-1", "-t", "1"));
    // Its housekeeping may hold an item just while incr would write into it, which then answers
    // with other spaces.
    command.addAll(List.of("-o", "no_lru_maintainer,no_lru_crawler"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "root"));
    }
    command.addAll(options.contains("-S") ? List.of("-S") : UsersFile.in(options));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    if (options.contains("-S")) {
      builder.environment().put("SASL_CONF_PATH", SaslUsers.directory().toString());
    }
    builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
    Process process = builder.start();
    try {
      int port =
          await()
              .pollInterval(Duration.ofMillis(5))
              .until(() -> port(process, portFile, PORT), found -> found > 0);
      return new Memcached(
          process,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          port(process, portFile, UDP_PORT),
          !binary.equals("memcached"));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    } finally {
      Files.deleteIfExists(portFile);
      Files.deleteIfExists(directory);
    }
  }

  private static int port(Process process, Path file, Pattern pattern) {
    if (!process.isAlive()) {
      throw new IllegalStateException("memcached ended with status " + process.exitValue());
    }
    try {
      Matcher matcher = pattern.matcher(Files.exists(file) ? Files.readString(file) : "");
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** Returns where it takes datagrams, or 0 when it does not. */
  int udpPort() {
    return udpPort;
  }

  @Override
  public boolean isOfToday() {
    return ofToday;
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
