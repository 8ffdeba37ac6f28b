package io.ehcached.replication.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NameServer;
import io.ehcached.support.Patience;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions to a real name server. */
@Timeout(120)
class DnsNamesIT {
  /** One of loopback's addresses that other processes hardly use, since the port must be 53. */
  private static final String ADDRESS =
      "127." + (100 + ProcessHandle.current().pid() % 100) + ".53." + (1 + fraction());

  @TempDir Path directory;
  @AutoClose private NameServer server;
  private final List<DnsNames> opened = new ArrayList<>();
  private Path resolvConf;
  private DnsNames names;

  private static long fraction() {
    return ProcessHandle.current().pid() / 100 % 250;
  }

  @BeforeEach
  void start() throws Exception {
    server = NameServer.start(List.of(), ADDRESS);
    resolvConf = directory.resolve("resolv.conf");
    configure("nameserver " + ADDRESS);
    names = open(false);
  }

  @AfterEach
  void close() {
    opened.forEach(DnsNames::close);
  }

  private void configure(String... lines) throws Exception {
    Files.write(resolvConf, List.of(lines));
  }

  private DnsNames open(boolean ipv6) {
    DnsNames made = new DnsNames(ipv6, Runnable::run, resolvConf);
    opened.add(made);
    return made;
  }

  private static NameAnswer ask(DnsNames names, String name) throws Exception {
    CompletableFuture<NameAnswer> answer = new CompletableFuture<>();
    names.ask(name, answer::complete);
    return answer.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<String> addresses(NameAnswer answer) {
    return answer.addresses().stream()
        .map(
            one ->
                one.getAddress().getHostAddress() + (one.getPort() == 0 ? "" : "#" + one.getPort()))
        .toList();
  }

  @Test
  void host_hasAllItsAddressesOfTheWantedFamily() throws Exception {
    server.serve(
        "host-record=nodes.cluster,10.0.0.1,fd00::1,30",
        "host-record=nodes.cluster,10.0.0.2,30",
        "host-record=six.cluster,fd00::6");
    NameAnswer answer = ask(names, "nodes.cluster");

    assertThat(addresses(answer)).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
    assertThat(answer.ttlSeconds()).isEqualTo(30);
    assertThat(answer.error()).isEmpty();
    assertThat(addresses(ask(open(true), "nodes.cluster"))).containsExactly("fd00:0:0:0:0:0:0:1");
    assertThat(addresses(ask(names, "six.cluster"))).containsExactly("fd00:0:0:0:0:0:0:6");
  }

  @Test
  void shortName_isLookedForInTheSearchDomains_asKubernetesWritesThem() throws Exception {
    server.serve(
        "host-record=nodes.default.svc.cluster,10.0.0.1",
        "host-record=nodes.other.svc.cluster,10.0.0.2");
    configure(
        "search default.svc.cluster svc.cluster cluster",
        "nameserver " + ADDRESS,
        "options ndots:5");
    assertThat(addresses(ask(names, "nodes"))).containsExactly("10.0.0.1");
    assertThat(addresses(ask(names, "nodes.other"))).containsExactly("10.0.0.2");
    assertThat(addresses(ask(names, "nodes.other.svc.cluster"))).containsExactly("10.0.0.2");
    assertThat(addresses(ask(names, "nodes.other.svc.cluster."))).containsExactly("10.0.0.2");
  }

  @Test
  void alias_isFollowed() throws Exception {
    server.serve("host-record=real.cluster,10.0.0.1", "cname=nodes.cluster,real.cluster");
    assertThat(addresses(ask(names, "nodes.cluster"))).containsExactly("10.0.0.1");
  }

  @Test
  void service_isTheHostsAndPortsOfItsRecords() throws Exception {
    server.serve(
        "srv-host=_registry._tcp.nodes.cluster,a.cluster,4567",
        "srv-host=_registry._tcp.nodes.cluster,b.cluster,4569",
        "host-record=a.cluster,10.0.0.1",
        "host-record=b.cluster,10.0.0.2");
    configure("nameserver " + ADDRESS, "search cluster");
    assertThat(addresses(ask(names, "_registry._tcp.nodes")))
        .containsExactlyInAnyOrder("10.0.0.1#4567", "10.0.0.2#4569");

    server.serve(
        "srv-host=_registry._tcp.nodes.cluster,a.cluster,4567",
        "srv-host=_registry._tcp.nodes.cluster,b.cluster,4569",
        "host-record=a.cluster,10.0.0.3"); // b is named, and not known: it is where it was
    NameAnswer partial = ask(names, "_registry._tcp.nodes");
    assertThat(addresses(partial)).containsExactlyInAnyOrder("10.0.0.3#4567", "10.0.0.2#4569");
    assertThat(partial.error()).contains("b.cluster").contains("has no record of it");
  }

  @Test
  void answerThatFitsIntoNoDatagram_comesWhole() throws Exception {
    server.serve(
        IntStream.range(0, 300)
            .mapToObj(i -> "host-record=many.cluster,10.1." + i / 100 + "." + (1 + i % 100))
            .toArray(String[]::new));
    assertThat(ask(names, "many.cluster").addresses())
        .hasSize(300)
        .doesNotHaveDuplicates()
        .hasOnlyElementsOfType(InetSocketAddress.class);
  }

  @Test
  void nameThatIsNotKnown_andServerThatDoesNotAnswer_areToldApart() throws Exception {
    assertThat(ask(names, "nobody.cluster").error())
        .isEqualTo("the name server has no record of it");
    assertThat(ask(names, "refused.example").error())
        .isEqualTo("the name server has no record of it");
    server.stop();
    assertThat(ask(names, "nobody.cluster").error()).isEqualTo("the name server does not answer");
    server.serve();
    server.fallSilent();
    assertThat(ask(names, "nobody.cluster").error()).isEqualTo("the name server does not answer");
  }

  @Test
  void serverThatIsBack_isAsked() throws Exception {
    server.stop();
    ask(names, "nodes.cluster");
    server.serve("host-record=nodes.cluster,10.0.0.1");
    await()
        .atMost(Patience.LONG)
        .until(() -> addresses(ask(names, "nodes.cluster")).equals(List.of("10.0.0.1")));
  }

  @Test
  void resolvConfThatChanges_isFollowed() throws Exception {
    configure("nameserver 127.0.0.99"); // where nobody is
    assertThat(ask(names, "nodes.cluster").addresses()).isEmpty();
    server.serve("host-record=nodes.cluster,10.0.0.1");
    configure("nameserver 127.0.0.99", "nameserver " + ADDRESS); // the second is asked then
    await().until(() -> addresses(ask(names, "nodes.cluster")).equals(List.of("10.0.0.1")));
  }

  @Test
  void hostsFile_comesFirst() throws Exception {
    server.serve("host-record=localhost,10.0.0.1", "address=/localhost/10.0.0.1");
    assertThat(addresses(ask(names, "LOCALHOST"))).containsExactly("127.0.0.1");
  }
}
