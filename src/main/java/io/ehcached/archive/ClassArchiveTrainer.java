package io.ehcached.archive;

import io.ehcached.Main;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.node.Node;
import io.ehcached.node.NodeBuilder;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarFile;

/**
 * The program that {@code src/packaging/archive} runs to learn which classes a node loads; the JVM
 * then puts these into an archive, which makes starts faster. Two nodes find each other, a client
 * sends requests in each protocol, and the admin port of one is queried.
 */
public final class ClassArchiveTrainer {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;

  private static final String FILE =
      """
      <ehcache>
        <cacheManagerPeerProviderFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
            properties="peerDiscovery=manual, hostName=127.0.0.1,
                        rmiUrls=//127.0.0.1:%d/memcached|//127.0.0.1:%d/memcached"/>
        <cacheManagerPeerListenerFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
            properties="hostName=127.0.0.1, port=%d"/>
        <cache name="memcached" maxBytesLocalHeap="16m" eternal="true">
          <cacheEventListenerFactory
              class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
          <bootstrapCacheLoaderFactory
              class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
              properties="bootstrapAsynchronously=true"/>
        </cache>
      </ehcache>
      """;

  private static final byte[] BINARY_GET =
      ("\u0080\0\0\1\0\0\0\0\0\0\0\1" + "\0".repeat(12) + "a")
          .getBytes(StandardCharsets.ISO_8859_1);

  private ClassArchiveTrainer() {}

  /** Runs, with a folder for its files as the only argument; fails when a node does not answer. */
  public static void main(String[] args) {
    try {
      train(args);
      System.exit(0); // the first one stops as a node does
    } catch (Exception e) { // nor may its threads keep the build waiting
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void train(String[] args) throws Exception {
    loadOurs();
    Path folder = Path.of(args[0]);
    List<Integer> ports = freePorts(4);
    String[] first = arguments(folder, ports, 0);
    String[] second = arguments(folder, ports, 1);
    Main.main(first);
    ServerOptions options = OptionsParser.parse(Map.of(), second);
    Supplier<NodeConfiguration> reader =
        () -> NodeConfiguration.read(options.node().config(), null, 0);
    try (Node peer = new NodeBuilder(options, reader.get(), reader).start()) {
      String set = "set a 0 0 1\r\n1\r\nget a b\r\nincr a 1\r\nadd c 0 0 0\r\n\r\ndelete c\r\n";
      say(ports.get(2), set + "mg a v\r\nms b 1\r\n1\r\nquit\r\n");
      say(ports.get(2), new String(BINARY_GET, StandardCharsets.ISO_8859_1));
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (!say(peer.addresses().get(0).getPort(), "mn\r\nget b\r\n").contains("VALUE b")) {
        if (System.currentTimeMillis() > end) {
          throw new IOException("what was stored on one node did not reach the other");
        }
        Thread.sleep(POLL_MILLIS);
      }
      for (String page : List.of("metrics", "healthz", "readyz", "cluster.json")) {
        say(peer.adminAddress().orElseThrow().getPort(), "GET /" + page + " HTTP/1.1\r\n\r\n");
      }
    }
  }

  /** Loads every class of ours, since some are needed on other machines or by other options. */
  private static void loadOurs() throws IOException, URISyntaxException, ClassNotFoundException {
    Path jar =
        Path.of(
            ClassArchiveTrainer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String name : file.stream().map(Object::toString).toList()) {
        if (name.startsWith("io/ehcached/")
            && name.endsWith(".class")
            && !name.endsWith("-info.class")) {
          String type = name.substring(0, name.length() - 6).replace('/', '.');
          Class.forName(type, false, ClassArchiveTrainer.class.getClassLoader());
        }
      }
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    if (count == 0) {
      return List.of();
    }
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Integer> others = new ArrayList<>(freePorts(count - 1));
      others.add(held.getLocalPort());
      return others;
    }
  }

  private static String[] arguments(Path folder, List<Integer> ports, int number)
      throws IOException {
    Path file = folder.resolve("ehcache-" + number + ".xml");
    Files.writeString(file, FILE.formatted(ports.get(0), ports.get(1), ports.get(number)));
    String port = ports.get(2 + number).toString();
    return new String[] {
      "--config", file.toString(), "-p", port, "--admin-port=" + -number, "--jmx"
    };
  }

  /** Says something to a node, and returns what it answers at first. */
  private static String say(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      byte[] answer = new byte[4096];
      int length = in.readNBytes(answer, 0, 4);
      length += in.read(answer, length, Math.min(in.available(), answer.length - length));
      return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }
  }
}
