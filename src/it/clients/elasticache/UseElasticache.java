import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.spy.memcached.ClientMode;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.config.NodeEndPoint;

/**
 * Amazon's own client with auto discovery, told of one node: prints the ports of all the nodes that
 * it knows each time they change, and what it stores and reads meanwhile, until its input ends.
 */
public final class UseElasticache {
  private static final long POLL_MILLIS = 200;
  private static final long PATIENCE_MILLIS = 60_000;

  private UseElasticache() {}

  public static void main(String[] arguments) throws Exception {
    MemcachedClient client =
        new MemcachedClient(
            new DefaultConnectionFactory(ClientMode.Dynamic) {
              @Override
              public long getDynamicModePollingInterval() {
                return POLL_MILLIS;
              }

              @Override
              public long getOperationTimeout() {
                return PATIENCE_MILLIS;
              }
            },
            List.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]))));
    System.out.println("stored " + client.set("discovered", 0, "by all").get());
    System.out.println("read " + client.get("discovered"));
    Set<Integer> known = Set.of();
    while (System.in.available() == 0) {
      Set<Integer> ports = new TreeSet<>();
      for (NodeEndPoint node : client.getAvailableNodeEndPoints()) {
        ports.add(node.getPort());
      }
      if (!ports.equals(known)) {
        known = ports;
        System.out.println("nodes " + ports);
      }
      Thread.sleep(POLL_MILLIS);
    }
    client.shutdown();
    System.exit(0);
  }
}
