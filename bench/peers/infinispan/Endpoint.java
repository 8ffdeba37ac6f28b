import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.server.memcached.MemcachedServer;
import org.infinispan.server.memcached.configuration.MemcachedProtocol;
import org.infinispan.server.memcached.configuration.MemcachedServerConfigurationBuilder;

/** Infinispan's memcached endpoint on one local cache: the port, and how many threads serve. */
public class Endpoint {
  public static void main(String[] arguments) {
    DefaultCacheManager manager =
        new DefaultCacheManager(
            new GlobalConfigurationBuilder().nonClusteredDefault().defaultCacheName("memcached").build(),
            new ConfigurationBuilder().build());
    new MemcachedServer()
        .start(
            new MemcachedServerConfigurationBuilder()
                .protocol(MemcachedProtocol.TEXT)
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .ioThreads(1)
                .defaultCacheName("memcached")
                .build(),
            manager);
  }
}
