import static java.util.concurrent.TimeUnit.SECONDS;

import com.spotify.folsom.ConnectFuture;
import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import java.net.InetSocketAddress;
import java.util.List;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.auth.AuthInfo;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;

/**
 * The clients in Java saying who they are, with the right password and a wrong one. Arguments:
 * HOST:PORT USER:PASSWORD.
 */
final class LogIn {
  private static Acceptance t;

  public static void main(String[] arguments) throws Exception {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
    t = new Acceptance(LogIn.class, new String[] {arguments[0], arguments[0]});
    String user = arguments[1].split(":", 2)[0];
    String password = arguments[1].split(":", 2)[1];
    folsom(user, password, true);
    folsom(user, password, false);
    xmemcached(user, password);
    spymemcached(user, password);
    System.exit(0);
  }

  private static boolean folsomSet(String user, String password, boolean binary) throws Exception {
    MemcacheClientBuilder<String> builder = MemcacheClientBuilder.newStringClient();
    builder.withAddress(
        Acceptance.address(t.one).getHostString(), Acceptance.address(t.one).getPort());
    builder.withUsernamePassword(user, password).withConnectionTimeoutMillis(30_000);
    MemcacheClient<String> client = binary ? builder.connectBinary() : builder.connectAscii();
    ConnectFuture.connectFuture(client).toCompletableFuture().get(30, SECONDS);
    return client.set(t.key("f"), "x", 0).toCompletableFuture().get(30, SECONDS)
        == MemcacheStatus.OK;
  }

  private static void folsom(String user, String password, boolean binary) throws Exception {
    String name = binary ? "folsom, binary: " : "folsom, text: ";
    Acceptance.check(name + "set", folsomSet(user, password, binary), true);
    Acceptance.refused(name + "a wrong password", () -> folsomSet(user, "wrong", binary));
  }

  private static XMemcachedClient xmemcachedAs(String user, String password, int patienceMillis)
      throws Exception {
    // It looks the password up by the name that the address of a connection has.
    InetSocketAddress server =
        new InetSocketAddress("localhost", Acceptance.address(t.one).getPort());
    XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(server));
    builder.setCommandFactory(new BinaryCommandFactory());
    builder.setConnectTimeout(30_000);
    builder.setOpTimeout(patienceMillis);
    builder.setHealSessionInterval(50);
    builder.addAuthInfo(server, AuthInfo.plain(user, password));
    return (XMemcachedClient) builder.build();
  }

  private static void xmemcached(String user, String password) throws Exception {
    // It says who it is from a thread of its own, and may send the first command before that.
    XMemcachedClient client = xmemcachedAs(user, password, 30_000);
    Acceptance.check("xmemcached: getVersions", client.getVersions().size(), 1);
    Acceptance.eventually("xmemcached: set", true, () -> client.set(t.key("x"), 0, "x"));
    Acceptance.refused(
        "xmemcached: a wrong password",
        () -> xmemcachedAs(user, "wrong", 5_000).set(t.key("x"), 0, "y"));
    Acceptance.check("xmemcached: get after that", client.get(t.key("x")), "x");
  }

  private static boolean spymemcachedSet(String user, String password, int patienceSeconds)
      throws Exception {
    MemcachedClient client =
        new MemcachedClient(
            new ConnectionFactoryBuilder()
                .setProtocol(Protocol.BINARY)
                .setOpTimeout(SECONDS.toMillis(patienceSeconds))
                .setAuthDescriptor(
                    new AuthDescriptor(
                        new String[] {"PLAIN"}, new PlainCallbackHandler(user, password)))
                .build(),
            List.of(Acceptance.address(t.one)));
    try {
      return client.set(t.key("s"), 0, "x").get(patienceSeconds, SECONDS);
    } finally {
      client.shutdown();
    }
  }

  private static void spymemcached(String user, String password) throws Exception {
    Acceptance.check("spymemcached: set", spymemcachedSet(user, password, 30), true);
    // It never says that it is refused: it tries again and again.
    Acceptance.refused("spymemcached: a wrong password", () -> spymemcachedSet(user, "wrong", 1));
  }
}
