import com.hazelcast.config.Config;
import com.hazelcast.config.MemcacheProtocolConfig;
import com.hazelcast.core.Hazelcast;

/** Hazelcast's memcached endpoint on a cluster of one: the port. */
public class Endpoint {
  public static void main(String[] arguments) {
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getMapConfig("hz_memcache_default").setBackupCount(0);
    config.getNetworkConfig().setPort(Integer.parseInt(arguments[0])).setPortAutoIncrement(false);
    config.getNetworkConfig().setMemcacheProtocolConfig(new MemcacheProtocolConfig().setEnabled(true));
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    Hazelcast.newHazelcastInstance(config);
  }
}
