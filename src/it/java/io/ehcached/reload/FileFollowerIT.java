package io.ehcached.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ehcached.config.NodeConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A file is changed in all the ways in which files are, and a node that stands in follows it. */
class FileFollowerIT {
  private static final String PEERS =
      """
      <ehcache>
        <cacheManagerPeerProviderFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
            properties="peerDiscovery=manual, rmiUrls=//127.0.0.1:40001/r|//127.0.0.1:%s/r"/>
        <cacheManagerPeerListenerFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
            properties="hostName=127.0.0.1, port=40001"/>
        <cache name="r" maxBytesLocalHeap="1m"%s>
          <cacheEventListenerFactory
              class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
              properties="asynchronousReplicationIntervalMillis=10"/>
          <bootstrapCacheLoaderFactory
              class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"/>
        </cache>
      </ehcache>
      """;

  private static final long LOOK_MILLIS = 100;

  @TempDir Path directory;

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicInteger read = new AtomicInteger();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.ehcached.reload");
  private volatile String refusal;
  private volatile Error fault;
  private long memory;
  private Path file;
  private FileFollower follower;

  /** Notes what it is told, or refuses it. */
  private final class Parts implements Reloadable {
    @Override
    public void listener(NodeConfiguration wanted) throws RefusedException {
      note("port " + wanted.peers().listener().port());
    }

    @Override
    public void peers(NodeConfiguration wanted) throws RefusedException {
      note("peers " + wanted.peers().discovery().listed());
    }

    @Override
    public void replicator(NodeConfiguration wanted) throws RefusedException {
      note("replicator");
    }

    @Override
    public void bound(NodeConfiguration wanted) throws RefusedException {
      note("bound " + wanted.bound());
    }

    @Override
    public void lifespan(NodeConfiguration wanted) throws RefusedException {
      note("lifespan " + wanted.region().getTimeToLiveSeconds());
    }

    private void note(String what) throws RefusedException {
      if (fault != null) {
        throw fault;
      }
      if (refusal != null) {
        throw new RefusedException(refusal);
      }
      done.add(what);
    }
  }

  @BeforeEach
  void listen() {
    file = directory.resolve("ehcache.xml");
    logger.setLevel(Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    if (follower != null) {
      follower.close();
    }
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private static String region(String attributes) {
    return "<ehcache>\n<cache name='r' " + attributes + "/></ehcache>";
  }

  private NodeConfiguration read() {
    NodeConfiguration configuration = NodeConfiguration.read(file, null, memory);
    read.incrementAndGet();
    return configuration;
  }

  private void follow(String xml) throws IOException {
    Files.writeString(file, xml);
    follower = new FileFollower(read(), this::read, new Parts(), LOOK_MILLIS);
    follower.start();
    await().until(() -> read.get() > 1); // it has had its first look
  }

  private List<String> told() {
    return List.copyOf(log.list).stream()
        .map(e -> e.getLevel() + " " + e.getFormattedMessage().replace(directory + "/", ""))
        .toList();
  }

  private void awaitTold(String... lines) {
    await().untilAsserted(() -> assertThat(told()).contains(lines));
  }

  @Test
  void listThatNamesThisNodeAlone_isToldAsEmpty() throws IOException {
    follow(PEERS.formatted("40002", ""));

    Files.writeString(file, PEERS.formatted("40001", ""));

    awaitTold(
        "INFO ehcache.xml:4: <cacheManagerPeerProviderFactory>: rmiUrls is now without other nodes,"
            + " and was //127.0.0.1:40002/r");
    assertThat(done).contains("peers []");
    Files.writeString(file, PEERS.formatted("40003", ""));
    awaitTold(
        "INFO ehcache.xml:4: <cacheManagerPeerProviderFactory>: rmiUrls is now //127.0.0.1:40003/r,"
            + " and was without other nodes");
  }

  @Test
  void fileThatIsWrittenInPlace_isTakenOver() throws Exception {
    follow(region("maxBytesLocalHeap='1m'"));
    Files.writeString(file, region("maxBytesLocalHeap='2m' timeToLiveSeconds='7'"));

    String last =
        "INFO ehcache.xml:2: <cache name=\"r\">: timeToLiveSeconds is now 7, and was not set";
    awaitTold(last);
    assertThat(done).containsExactly("bound 2 MB of heap", "lifespan 7");
    assertThat(told())
        .containsExactly(
            "INFO ehcache.xml:2: <cache name=\"r\">: maxBytesLocalHeap is now 2m, and was 1m",
            last);
  }

  @Test
  void fileThatAnotherIsRenamedTo_isTakenOver() throws Exception {
    follow(region("maxBytesLocalHeap='1m'"));
    Path next = Files.writeString(directory.resolve("next"), region("maxBytesLocalHeap='2m'"));
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file)); // as cp -p leaves it
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

    await().until(() -> done.contains("bound 2 MB of heap"));
  }

  @Test
  void linkThatIsTurnedTwoDirectoriesAbove_isFollowed() throws Exception {
    for (String version : List.of("1", "2")) {
      Path data = Files.createDirectory(directory.resolve("..v" + version));
      Files.writeString(data.resolve("e"), region("maxBytesLocalHeap='" + version + "m'"));
    }
    Path current = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(file, Path.of("..data/e"));
    follower = new FileFollower(read(), this::read, new Parts(), LOOK_MILLIS);
    follower.start();

    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..v2"));
    Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);

    await().until(() -> done.contains("bound 2 MB of heap"));
  }

  @Test
  void fileThatCannotBeUsed_changesNothing_andIsToldOfOnce() throws Exception {
    follow(region("maxBytesLocalHeap='1m'"));
    Files.writeString(file, region("maxBytesLocalHeap='2m' timeToLive='7'"));
    awaitTold(
        "ERROR ehcache.xml:2: error: <cache name=\"r\">: does not allow the attribute timeToLive;"
            + " take it out",
        "ERROR ehcache.xml cannot be used: nothing changes");
    Files.delete(file);
    awaitTold("ERROR ehcache.xml: error: there is no such file; name another with --config FILE");
    Files.writeString(file, region("maxBytesLocalHeap='3m'"));
    await().until(() -> done.contains("bound 3 MB of heap"));

    assertThat(done).containsExactly("bound 3 MB of heap");
    assertThat(told().stream().filter(line -> line.startsWith("ERROR"))).hasSize(4);
  }

  @Test
  void faultOnTheWay_isToldOfOnce_andTheFileIsFollowedOn() throws Exception {
    fault = new StackOverflowError();
    follow(region("maxBytesLocalHeap='1m'"));
    Files.writeString(file, region("maxBytesLocalHeap='2m'"));
    awaitTold("ERROR ehcache.xml could not be applied; some of its changes may be in effect");
    fault = null;
    Files.writeString(file, region("maxBytesLocalHeap='3m'"));

    await().until(() -> done.contains("bound 3 MB of heap"));
    assertThat(told().stream().filter(line -> line.startsWith("ERROR"))).hasSize(1);
  }

  @Test
  void portThatIsTaken_isToldOfOnce_andTakenOnceItIsFree() throws Exception {
    refusal = "the port is taken";
    follow(PEERS.formatted("40002", ""));
    Files.writeString(file, PEERS.formatted("40003", "").replace("port=40001", "port=40009"));
    awaitTold(
        "WARN ehcache.xml:7: <cacheManagerPeerListenerFactory>: port=40009 has no effect yet, in"
            + " effect is 40001; the port is taken");
    int before = read.get();
    await().until(() -> read.get() > before);
    refusal = null;

    await().until(() -> done.contains("port 40009"));
    assertThat(told().stream().filter(line -> line.contains("port=40009"))).hasSize(1);
  }

  @Test
  void fileThatIsHalfWritten_isNotComplainedOfBeforeItStays() throws Exception {
    Files.writeString(file, region("maxBytesLocalHeap='1m'"));
    follower = new FileFollower(read(), this::read, new Parts(), LOOK_MILLIS); // not started
    follower.look(/* wanted= */ false);
    for (int i = 2; i < 6; i++) { // each look finds another half
      Files.writeString(file, region("maxBytesLocalHeap='" + i + "m'").substring(0, 10 + i));
      follower.look(/* wanted= */ false);
    }
    Files.writeString(file, region("maxBytesLocalHeap='9m'"));
    follower.look(/* wanted= */ false);

    assertThat(done).containsExactly("bound 9 MB of heap");
    assertThat(told()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void whatTakesARestart_isToldOnce_andAgainToWhoAsks() throws Exception {
    follow(PEERS.formatted("40002", ""));
    String policy = " memoryStoreEvictionPolicy='LFU'";
    String line =
        "WARN ehcache.xml:8: <cache name=\"r\">: memoryStoreEvictionPolicy=LFU has no effect yet;"
            + " restart the node for it";
    Files.writeString(file, PEERS.formatted("40003", policy));
    awaitTold(line);
    assertThat(done).containsExactly("peers [//127.0.0.1:40003/r]");

    int looks = read.get();
    Files.writeString(file, PEERS.formatted("40003", policy) + "<!-- more -->");
    await().until(() -> read.get() > looks);
    follower.ask();
    await().untilAsserted(() -> assertThat(told().stream().filter(line::equals)).hasSize(2));

    Files.writeString(file, PEERS.formatted("40003", ""));
    awaitTold("INFO ehcache.xml was reloaded: no setting changed");
    assertThat(done).hasSize(1);
  }

  @Test
  void partThatCannotBeMadeSo_staysAndIsTriedAgainByWhoAsks() throws Exception {
    follow(region("maxBytesLocalHeap='1m'"));
    refusal = "there is no room";
    Files.writeString(file, region("maxBytesLocalHeap='2m'"));
    awaitTold(
        "WARN ehcache.xml:2: <cache name=\"r\">: maxBytesLocalHeap=2m has no effect yet, in effect"
            + " is 1m; there is no room");
    refusal = null;
    follower.ask();

    awaitTold("INFO ehcache.xml:2: <cache name=\"r\">: maxBytesLocalHeap is now 2m, and was 1m");
    assertThat(done).containsExactly("bound 2 MB of heap");
  }

  @Test
  void elementThatIsGone_isToldOfAsAWhole() throws Exception {
    String xml = PEERS.formatted("40002", "");
    follow(xml);
    Files.writeString(
        file, xml.replaceAll("(?s)<cacheManagerPeer.*?/>", "").replaceAll("(?s)<cacheEv.*?/>", ""));

    awaitTold(
        "WARN ehcache.xml: <cacheManagerPeerProviderFactory>: that it is gone has no effect yet;"
            + " restart the node for it",
        "WARN ehcache.xml: <cacheEventListenerFactory>: that it is gone has no effect yet;"
            + " restart the node for it");
    assertThat(done).isEmpty();
  }

  @Test
  void anotherRegion_changesNothing() throws Exception {
    follow(region("maxBytesLocalHeap='1m'"));
    Files.writeString(file, region("maxBytesLocalHeap='2m'").replace("'r'", "'q'"));

    awaitTold(
        "WARN ehcache.xml: the region to serve is q now, and was r; nothing of the file is taken"
            + " over: restart the node for it");
    assertThat(done).isEmpty();
  }

  @Test
  void boundOfTheCommandLine_goesBeforeTheFiles() throws Exception {
    memory = 64 << 20;
    follow(region("maxBytesLocalHeap='1m'"));
    Files.writeString(file, region("maxBytesLocalHeap='2m'"));

    awaitTold("INFO ehcache.xml was reloaded: no setting changed");
    assertThat(done).isEmpty();
  }
}
