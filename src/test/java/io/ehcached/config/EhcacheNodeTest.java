package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.listener;
import static io.ehcached.config.EhcacheXml.network;
import static io.ehcached.config.EhcacheXml.provider;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static io.ehcached.config.EhcacheXml.replicator;
import static io.ehcached.config.EhcacheXml.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.replication.network.PeerOptions;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import io.ehcached.support.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.event.CacheManagerEventListener;
import net.sf.ehcache.event.CacheManagerEventListenerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EhcacheNodeTest {
  private static final String ALONE =
      "peerDiscovery=manual, rmiUrls=//127.0.0.1:1/r, hostName=127.0.0.1, port=0";

  @TempDir Path directory;

  private NodeConfiguration clustered(String listener) {
    return read(directory, provider(ALONE) + listener(listener) + region(replicator("")));
  }

  private static void holdsItems(EhcacheNode node, int items) {
    StampClock clock = new StampClock(System::currentTimeMillis, 1);
    Store store = new Store(node.region(), clock, System::currentTimeMillis);
    for (int i = 0; i < items; i++) {
      Key key = Key.of("key" + i);
      byte[] value = {(byte) i};
      store.change(key, i, (old, flags) -> new StoredItem(key, value, flags, Expiry.REGION));
    }
    for (int i = 0; i < items; i++) {
      StoredItem item = store.get(Key.of("key" + i));
      assertThat(item.flags()).isEqualTo(item.value()[0]);
      assertThat(node.region().isKeyInCache(item.key())).isTrue();
    }
  }

  /** What files have in them that were written for other programs than this one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<cache name='r' maxElementsInMemory='100' eternal='true' overflowToDisk='false'/>",
        "<cache name='r' maxBytesLocalHeap='1m' timeToLiveSeconds='9223372036854775'/>",
        "<cache name='r' maxBytesLocalHeap='1m' timeToIdleSeconds='9223372036854775807'/>",
        "<cache name='r' maxElementsInMemory='10' eternal='true' overflowToDisk='true' maxElementsOnDisk='1000'"
            + " diskPersistent='false' diskExpiryThreadIntervalSeconds='120' diskSpoolBufferSizeMB='1'/>",
        "<cache name='r' maxEntriesLocalHeap='10'><persistence strategy='localTempSwap'/></cache>",
        "<cache name='r' maxEntriesLocalHeap='100'><persistence strategy='none'/></cache>",
        "<defaultCache maxElementsInMemory='1' eternal='false' timeToLiveSeconds='1' overflowToDisk='true'>"
            + "<cacheEventListenerFactory class='no.such.Factory'/></defaultCache>"
            + "<cache name='r' maxBytesLocalHeap='1m' memoryStoreEvictionPolicy='LFU' logging='true' statistics='true'/>",
        "<cache name='r' maxEntriesLocalHeap='100' copyOnRead='true' copyOnWrite='true'>"
            + "<copyStrategy class='no.such.Strategy'/></cache>",
        "<cacheManagerEventListenerFactory class='' properties=''/><cache name='r' maxEntriesLocalHeap='100'>"
            + "<bootstrapCacheLoaderFactory class='' properties=''/><cacheEventListenerFactory class=''/></cache>",
        "<terracottaConfig url='localhost:9510'/><cache name='r' maxEntriesLocalHeap='100'>"
            + "<terracotta consistency='strong'><nonstop/></terracotta></cache>",
        "<terracottaConfig><tc-config><a b='c'>text</a></tc-config></terracottaConfig><cache name='r' maxEntriesLocalHeap='100'/>",
        "<transactionManagerLookup class='no.such.Lookup'/><managementRESTService enabled='true' bind='0.0.0.0:9888'/>"
            + "<cache name='r' maxEntriesLocalHeap='100' transactionalMode='local'><searchable><searchAttribute name='a'"
            + " expression='value.a'/></searchable></cache>",
        "<sizeOfPolicy maxDepth='100'/><cache name='r' maxBytesLocalHeap='1m'><sizeOfPolicy maxDepth='10'/>"
            + "<cacheExceptionHandlerFactory class='no.such.Handler'/><cacheLoaderFactory class='no.such.Loader'/>"
            + "<cacheDecoratorFactory class='no.such.Decorator'/><cacheWriter><cacheWriterFactory class='no.such.Writer'/>"
            + "</cacheWriter><cacheExtensionFactory class='no.such.Extension'/><pinning store='inCache'/></cache>",
        "<cache name='r' maxEntriesLocalHeap='100' maxBytesLocalOffHeap='1g' overflowToOffHeap='true'>"
            + "<persistence strategy='localRestartable' synchronousWrites='true'/></cache>"
      })
  void fileThatEhcacheTakes_works(String content) throws NodeStartException {
    String disk = "<diskStore path='" + directory.resolve("disk") + "'/>";
    NodeConfiguration configuration = read(directory, disk + content);

    try (EhcacheNode node = EhcacheNode.open(configuration, PeerOptions.defaults())) {
      holdsItems(node, 100);
      assertThat(node.manager().getCacheNames()).containsExactly("r");
    }
  }

  @Test
  void poolOfTheManager_boundsTheRegion() throws NodeStartException {
    Path file =
        write(
            directory,
            "<ehcache name='mine' maxBytesLocalHeap='2m'><cache name='memcached'/>"
                + "<cache name='b' maxBytesLocalHeap='50%'/></ehcache>");
    NodeConfiguration configuration = NodeConfiguration.read(file, null, 0, network());

    try (EhcacheNode node = EhcacheNode.open(configuration, PeerOptions.defaults())) {
      assertThat(node.region().getCacheConfiguration().getMaxBytesLocalHeap()).isEqualTo(1 << 20);
      assertThat(node.manager().getName()).startsWith("mine");
    }
  }

  @Test
  void memoryRegion_leavesNothingOnDisk() throws NodeStartException {
    Path disk = directory.resolve("disk");
    NodeConfiguration configuration =
        read(
            directory,
            "<diskStore path='"
                + disk
                + "'/><cache name='r' maxEntriesLocalHeap='9'/><cache"
                + " name='s' maxEntriesLocalHeap='9' overflowToDisk='true'/>",
            "r",
            0);

    try (EhcacheNode node = EhcacheNode.open(configuration, PeerOptions.defaults())) {
      holdsItems(node, 5);
    }
    assertThat(Files.exists(disk)).isFalse();
  }

  @Test
  void listener_listensAtItsAddressAlone() throws NodeStartException, IOException {
    try (EhcacheNode node = EhcacheNode.open(clustered("port=0"), PeerOptions.defaults())) {
      assertThat(node.network().port()).isPositive();
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      new ServerSocket(node.network().port(), 1, other).close(); // would be taken
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"port", "remoteObjectPort"})
  void portThatIsTaken_isAnErrorThatNamesWhoHasIt(String property) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeConfiguration configuration = clustered(property + "=" + taken.getLocalPort());

      assertThatThrownBy(() -> EhcacheNode.open(configuration, PeerOptions.defaults()))
          .isInstanceOf(NodeStartException.class)
          .hasMessageContaining(property + "=" + taken.getLocalPort() + " of 127.0.0.1 is taken by")
          .hasMessageContaining(
              Files.exists(Path.of("/proc/net/tcp"))
                  ? "process " + ProcessHandle.current().pid()
                  : "another process")
          .hasMessageEndingWith("write another " + property);
    }
  }

  @Test
  void portsOfANodeThatStopped_canBeHadAgain() throws NodeStartException, IOException {
    int port;
    try (EhcacheNode node = EhcacheNode.open(clustered(""), PeerOptions.defaults())) {
      port = node.network().port();
    }
    try (EhcacheNode node = EhcacheNode.open(clustered("port=" + port), PeerOptions.defaults())) {
      assertThat(node.network().port()).isEqualTo(port);
    }
  }

  /** A factory of a user that cannot do its work. */
  public static final class FailingFactory extends CacheManagerEventListenerFactory {
    @Override
    public CacheManagerEventListener createCacheManagerEventListener(
        CacheManager manager, Properties properties) {
      throw new IllegalStateException("the disk is read-only");
    }
  }

  @Test
  void factoryThatFails_isAnErrorOfTheFile_andLeavesNoPortTaken() throws IOException {
    int port = FreePorts.next();
    NodeConfiguration configuration =
        read(
            directory,
            "<cacheManagerEventListenerFactory class='"
                + FailingFactory.class.getName()
                + "'/>"
                + provider(ALONE)
                + listener("port=" + port)
                + region(replicator("")));

    assertThatThrownBy(() -> EhcacheNode.open(configuration, PeerOptions.defaults()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("the disk is read-only");
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close(); // would be taken
  }

  @Test
  void regionLargerThanTheHeap_isRefused() {
    NodeConfiguration configuration = read(directory, "<cache name='r' maxBytesLocalHeap='900g'/>");

    assertThatThrownBy(() -> EhcacheNode.open(configuration, PeerOptions.defaults()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("the region r may take 921600 MB of heap");
  }

  @Test
  void fileWithErrors_opensNothing() {
    NodeConfiguration configuration = read(directory, "<cache name='r'/>");

    assertThatThrownBy(() -> EhcacheNode.open(configuration, PeerOptions.defaults()))
        .isInstanceOf(IllegalStateException.class);
  }
}
