package io.ehcached.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.spy.memcached.AddrUtil;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that people use, doing a round of everything over both protocols that it speaks. */
@ParameterizedClass
@EnumSource
class SpymemcachedIT {
  private static NodeProcess node;
  private static MemcachedClient client;

  @Parameter private Protocol protocol;

  @BeforeAll
  static void start() {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
    node = NodeProcess.startAlone();
  }

  @BeforeParameterizedClassInvocation
  static void connect(Protocol protocol) throws Exception {
    client =
        new MemcachedClient(
            new ConnectionFactoryBuilder().setProtocol(protocol).setOpTimeout(30_000).build(),
            AddrUtil.getAddresses("127.0.0.1:" + node.port()));
    assertThat(client.flush().get()).isTrue();
  }

  @AfterParameterizedClassInvocation
  static void disconnect() {
    client.shutdown();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void storageCommands() throws Exception {
    assertThat(client.set("s", 0, "one").get()).isTrue();
    assertThat(client.get("s")).isEqualTo("one");
    assertThat(client.add("s", 0, "two").get()).isFalse();
    assertThat(client.replace("s", 0, "three").get()).isTrue();
    assertThat(client.append("s", "!").get()).isTrue();
    assertThat(client.prepend("s", ">").get()).isTrue();
    assertThat(client.get("s")).isEqualTo(">three!");
    assertThat(client.replace("absent", 0, "x").get()).isFalse();
    assertThat(client.delete("s").get()).isTrue();
    assertThat(client.delete("s").get()).isFalse();
    assertThat(client.get("s")).isNull();
  }

  @Test
  void casUnique() throws Exception {
    assertThat(client.set("c", 0, "one").get()).isTrue();
    CASValue<Object> read = client.gets("c");
    assertThat(client.cas("c", read.getCas(), "two")).isEqualTo(CASResponse.OK);
    assertThat(client.cas("c", read.getCas(), "three")).isEqualTo(CASResponse.EXISTS);
    assertThat(client.cas("absent", 1, "x")).isEqualTo(CASResponse.NOT_FOUND);
    assertThat(client.get("c")).isEqualTo("two");
  }

  @Test
  void numbers() {
    assertThat(client.incr("n", 5, 10)).isEqualTo(10);
    assertThat(client.incr("n", 5)).isEqualTo(15);
    assertThat(client.decr("n", 100)).isZero();
    assertThat(client.incr("absent", 1)).isEqualTo(-1);
  }

  @Test
  void expiry() throws Exception {
    assertThat(client.set("e", 100, "x").get()).isTrue();
    assertThat(client.touch("e", 200).get()).isTrue();
    assertThat(client.touch("absent", 1).get()).isFalse();
    if (protocol == Protocol.BINARY) { // in the text protocol, spymemcached has no gat
      assertThat(client.getAndTouch("e", 200).getValue()).isEqualTo("x");
      assertThat(client.getAndTouch("absent", 200)).isNull();
    }
  }

  @Test
  void valueThatIsTooLarge_isRefused_andTheConnectionGoesOn() throws Exception {
    byte[] large = new byte[1024 * 1024];
    new Random(4711).nextBytes(large); // or else it would be compressed
    assertThat(client.set("t", 0, "x").get()).isTrue();
    assertThat(client.set("t", 0, large).getStatus().isSuccess()).isFalse();
    assertThat(client.get("t")).isNull();
  }

  @Test
  void multiGetAndTypes() throws Exception {
    List<String> keys =
        IntStream.range(0, 3000).mapToObj(i -> "multi" + i).collect(Collectors.toList());
    for (String key : keys) {
      assertThat(client.set(key, 0, key + " value").get()).isTrue();
    }
    Map<String, Object> values = client.getBulk(keys);
    assertThat(values).hasSize(3000).containsEntry("multi2999", "multi2999 value");

    assertThat(client.set("flags", 0, 4711L).get()).isTrue();
    assertThat(client.get("flags")).isEqualTo(4711L);
    byte[] large = new byte[900_000];
    large[899_999] = 42;
    assertThat(client.set("large", 0, large).get()).isTrue();
    assertThat((byte[]) client.get("large")).isEqualTo(large);
  }

  @Test
  void serverCommands() {
    SocketAddress address = client.getAvailableServers().iterator().next();
    assertThat(client.getVersions().values()).allMatch(version -> version.startsWith("1.6."));
    assertThat(client.getStats().get(address)).containsKeys("pid", "curr_items", "cmd_get");
    assertThat(client.getStats("settings").get(address)).containsEntry("maxconns", "1024");
  }
}
