package io.ehcached.replication.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.process.NameCache;
import io.ehcached.replication.link.SerialFilters;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A node with a region called items and nothing in it, for tests to run as a process. Its arguments
 * are the properties of the listener, those of the provider, and whether proofs are required. It
 * says on stdout what happens, and sends each line {@code url text} of stdin to that peer.
 */
final class NodeMain implements PeerWatcher {
  static final String REGION = "items";
  static final long TIMEOUT_MILLIS = 10_000;
  private static final String FILE =
      """
      <ehcache>
        <cacheManagerPeerProviderFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
            properties="%s"/>
        <cacheManagerPeerListenerFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
            properties="%s"/>
        <cache name="items" maxEntriesLocalHeap="10"/>
      </ehcache>
      """;

  private final Map<String, PeerLink> peers = new ConcurrentHashMap<>();

  private NodeMain() {}

  public static void main(String[] args) throws IOException {
    NameCache.shorten();
    try {
      SerialFilters.installForProcess(1 << 20);
      new NodeMain().run(args);
    } catch (RuntimeException e) {
      say("FAULT", e.getMessage());
      System.exit(1);
    }
  }

  private void run(String[] args) throws IOException {
    PeerOptions options =
        new PeerOptions(
            PeerSecurity.none(),
            Boolean.parseBoolean(args[2]),
            PeerOptions.DEFAULT_MAX_FRAME_BYTES);
    PeerNetwork network = PeerNetwork.open("test", settings(args[0], args[1]), options);
    network.peers(REGION).watch(this);
    network.serve(REGION, frame -> ("echo " + new String(frame, UTF_8)).getBytes(UTF_8));
    say("READY", network.url(REGION));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("counts")) {
        say("COUNTS", network.counts().toString());
      } else {
        call(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
      }
    }
    network.close();
    say("BYE", "");
  }

  /** Returns what these properties mean in an ehcache.xml. */
  static PeerSettings settings(String listener, String provider) throws IOException {
    Path file = Files.createTempFile("ehcache", ".xml");
    try {
      Files.writeString(file, FILE.formatted(provider, listener));
      NodeConfiguration configuration = NodeConfiguration.read(file, REGION, 0);
      if (!configuration.isUsable()) {
        throw new IllegalArgumentException(configuration.findings().toString());
      }
      return configuration.peers();
    } finally {
      Files.delete(file);
    }
  }

  private void call(String url, String text) {
    PeerLink peer = peers.get(url);
    if (peer == null) {
      say("RESULT", "FAILED " + url + " is no peer");
      return;
    }
    try {
      say("RESULT", new String(peer.call(text.getBytes(UTF_8), TIMEOUT_MILLIS), UTF_8));
    } catch (IOException e) {
      say("RESULT", "FAILED " + e.getMessage());
    }
  }

  @Override
  public void joined(PeerLink peer) {
    peers.put(peer.url(), peer);
    say("JOINED", peer.url());
  }

  @Override
  public void left(PeerLink peer) {
    peers.remove(peer.url(), peer);
    say("LEFT", peer.url());
  }

  private static synchronized void say(String what, String more) {
    System.out.println("> " + what + " " + more);
    System.out.flush();
  }
}
