package io.ehcached.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two nodes tell of themselves and of each other, over HTTP and JMX. */
class AdminPortIT {
  private static final Pattern METRIC = Pattern.compile("\\b(ehcached|jvm|process)_[a-z_]+");
  private static final String KEY = "a-key-that-nobody-is-told";
  private static final String VALUE = "a-value-that-nobody-is-told";

  private static NodeProcess first;
  private static NodeProcess second;
  private static AdminClient admin;
  private static TextClient client;
  private static String peer;
  private static String labels;
  private static Map<String, Double> metrics;

  @BeforeAll
  static void start() throws IOException {
    int[] ports = FreePorts.next(2);
    first = start(ports[0], ports[1], "--jmx");
    second = start(ports[1], ports[0], "--name", "cache-2");
    peer = "//127.0.0.1:" + ports[1] + "/memcached";
    labels = "name=\"cache-2\",peer=\"" + peer + "\"";
    admin = new AdminClient(first.adminPort());
    client = first.connect();
    client.set(KEY, VALUE);
    client.get(KEY);
    client.get(KEY);
    client.get("none");
    client.ask("incr none 1");
    try (TextClient other = second.connect()) {
      await().until(() -> VALUE.equals(other.get(KEY)));
    }
    String pending = "ehcached_peer_pending_keys{" + labels + "}";
    String lag = "ehcached_peer_lag_seconds{" + labels + "}";
    String differing = "ehcached_peer_differing_keys{" + labels + "}";
    metrics =
        await()
            .until(
                admin::metrics,
                now ->
                    state(now, "live") == 1
                        && now.getOrDefault(pending, -1.0) == 0
                        && now.getOrDefault(lag, -1.0) == 0
                        && Double.valueOf(0).equals(now.get(differing)));
  }

  private static NodeProcess start(int port, int other, String... more) throws IOException {
    Path file = PeeredFile.write("shown", 32, port, other, true);
    Files.writeString(
        file, Files.readString(file).replace("//127.0.0.1:", "//localhost:")); // a name has metrics
    return NodeProcess.builder()
        .config(file)
        .arguments("--admin-port", "-1")
        .arguments(more)
        .start();
  }

  @AfterAll
  static void stop() {
    client.close();
    first.close();
    second.close();
  }

  private static double state(Map<String, Double> found, String state) {
    return found.getOrDefault("ehcached_peer_state{" + labels + ",state=\"" + state + "\"}", 0.0);
  }

  @Test
  void metrics_areWhatHappened() {
    assertThat(metrics)
        .containsEntry("ehcached_commands_total{command=\"get\",status=\"hit\"}", 2.0)
        .containsEntry("ehcached_commands_total{command=\"get\",status=\"miss\"}", 1.0)
        .containsEntry("ehcached_commands_total{command=\"set\",status=\"hit\"}", 1.0)
        .containsEntry("ehcached_commands_total{command=\"incr\",status=\"miss\"}", 1.0)
        .containsEntry("ehcached_command_duration_seconds_count{command=\"get\"}", 3.0)
        .containsEntry("ehcached_command_duration_seconds_count{command=\"set\"}", 1.0)
        .containsEntry("ehcached_command_duration_seconds_bucket{command=\"get\",le=\"+Inf\"}", 3.0)
        .containsEntry("ehcached_current_items", 1.0)
        .containsEntry("ehcached_limit_bytes", 32.0 * 1024 * 1024)
        .containsEntry("ehcached_current_connections", 1.0)
        .containsEntry("ehcached_ready", 1.0)
        .containsEntry("ehcached_peers", 1.0)
        .containsEntry("ehcached_peer_pending_keys{" + labels + "}", 0.0)
        .containsEntry("ehcached_peer_lag_seconds{" + labels + "}", 0.0);
    assertThat(metrics.get("ehcached_current_bytes")).isPositive();
    assertThat(metrics.get("ehcached_peer_sent_entries_total{" + labels + "}")).isPositive();
    assertThat(metrics.get("ehcached_command_duration_seconds_sum{command=\"get\"}"))
        .isBetween(0.0, 10.0);
    assertThat(state(metrics, "down")).isZero();
    assertThat(metrics.keySet())
        .anyMatch(name -> name.startsWith("ehcached_event_loop_pending_tasks{loop=\"4\"}"))
        .anyMatch(name -> name.startsWith("jvm_gc_collection_seconds_count"))
        .contains("jvm_threads_current", "jvm_memory_used_bytes{area=\"heap\"}");
  }

  /** Whatever an operator needs when something is wrong is found in all three places. */
  @Test
  void whatIsToldOfAPeer_isAStatisticAMetricAndAFieldOfTheCluster() {
    Map<String, String> names =
        Map.of(
            "pending", "pending_keys",
            "sent", "sent_entries_total",
            "received", "received_entries_total",
            "merged", "merged_entries_total",
            "repaired", "repaired_entries_total",
            "dropped", "dropped_items_total",
            "renewed", "renewed_items_total",
            "overflows", "overflows_total",
            "errors", "errors_total");
    String told = admin.cluster().get("peers").toString();
    names.forEach(
        (name, metric) -> {
          assertThat(client.stat("replication", "peer:0:" + name)).as(name).matches("\\d+");
          assertThat(metrics).containsKey("ehcached_peer_" + metric + "{" + labels + "}");
          assertThat(told).contains(name + "=");
        });
    assertThat(client.stat("replication", "peer:0:in_sync")).isEqualTo("yes");
    assertThat(client.stat("replication", "peer:0:differing_keys")).isEqualTo("0");
    assertThat(client.stat("replication", "peer:0:seconds_since_equal")).matches("\\d+");
    assertThat(told).contains("in_sync=true, differing_keys=0.0, seconds_since_equal=");
    assertThat(metrics)
        .containsEntry("ehcached_peer_in_sync{" + labels + "}", 1.0)
        .containsEntry("ehcached_peer_differing_keys{" + labels + "}", 0.0)
        .containsKey("ehcached_peer_equal_seconds{" + labels + "}");
    for (String name : List.of("catching_up", "pauses", "bootstrap_source", "bootstrap_state")) {
      assertThat(client.stat("replication", name)).as(name).isNotBlank();
      assertThat(at(admin.cluster(), "replication")).containsKey(name);
    }
    assertThat(metrics)
        .containsEntry("ehcached_catching_up", 0.0)
        .containsEntry("ehcached_pauses_total", 0.0)
        .containsEntry("ehcached_last_pause_seconds", 0.0);
    assertThat(at(admin.cluster(), "replication"))
        .containsEntry("bootstrap_source", client.stat("replication", "bootstrap_source"));
  }

  @Test
  void whatIsToldOfAName_isAStatisticAMetricAndAFieldOfTheCluster() {
    assertThat(client.stat("replication", "names")).isEqualTo("1");
    assertThat(client.stat("replication", "name:0:name")).isEqualTo("localhost");
    assertThat(client.stat("replication", "name:0:addresses")).isEqualTo("1");
    assertThat(client.stat("replication", "name:0:secs_since_resolved")).matches("\\d+");
    assertThat(client.stat("replication", "name:0:unresolved_secs")).isEqualTo("0");
    assertThat(client.stat("replication", "name:0:last_error")).isEqualTo("none");
    assertThat(metrics)
        .containsEntry("ehcached_peer_name_addresses{name=\"localhost\"}", 1.0)
        .containsEntry("ehcached_peer_name_unresolved_seconds{name=\"localhost\"}", 0.0)
        .containsKey("ehcached_peer_name_resolved_seconds{name=\"localhost\"}");
    assertThat(admin.cluster().get("names").toString())
        .contains("name=localhost, addresses=1.0, seconds_since_resolved=")
        .contains("unresolved_seconds=0.0, last_error=null");
  }

  @Test
  void cluster_isWhatThisNodeSees() {
    // What another test has written may be on its way, and which clients the peer has.
    await().untilAsserted(() -> assertIsWhatThisNodeSees(admin.cluster()));
  }

  private static void assertIsWhatThisNodeSees(Map<String, Object> cluster) {
    assertThat(cluster)
        .containsOnlyKeys("node", "membership_version", "members", "replication", "peers", "names");
    assertThat(at(cluster, "node"))
        .containsEntry("state", "ready")
        .containsEntry("region", "memcached")
        .containsEntry("addresses", List.of("127.0.0.1:" + first.port()))
        .containsEntry("not_ready", List.of())
        .containsEntry("items", 1.0);
    assertThat(cluster.get("members").toString())
        .contains("port=" + (double) first.port())
        .contains("port=" + (double) second.port());
    assertThat(at(cluster, "replication")).containsEntry("mode", "asynchronous");
    assertThat((List<?>) cluster.get("peers")).hasSize(1);
    assertThat(cluster.get("peers").toString())
        .contains("url=" + peer + ", name=cache-2, id=")
        .contains(
            ", known_by=listed, state=live, sends_here=true, pending=0.0, lag_ms=0.0, in_sync=");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> object, String field) {
    return (Map<String, Object>) object.get(field);
  }

  @Test
  void probes_areWell() {
    await().until(() -> admin.get("/healthz"), "200 ok\n"::equals); // not of a busy machine at once
    assertThat(admin.get("/readyz")).isEqualTo("200 ready\n");
    assertThat(admin.get("/stats")).startsWith("404 ").contains("/cluster.json");
    assertThat(admin.ask("GET", "/drain").statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/healthz", "/readyz", "/cluster.json"})
  void noPage_showsKeysOrValues(String path) {
    assertThat(admin.get(path)).startsWith("200 ").doesNotContain(KEY).doesNotContain(VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/grafana.json", "docs/alerts.yml"})
  void whatDocumentsMention_isExported(String file) throws Exception {
    Set<String> names =
        admin.metrics().keySet().stream()
            .map(name -> name.replaceFirst("\\{.*", ""))
            .collect(Collectors.toSet());
    Set<String> mentioned = new TreeSet<>();
    METRIC
        .matcher(Files.readString(Path.of(file)))
        .results()
        .forEach(found -> mentioned.add(found.group()));

    assertThat(mentioned).hasSizeGreaterThan(4);
    assertThat(names).containsAll(mentioned);
  }

  @Test
  void metrics_areAsPrometheusWantsThem() {
    String page = admin.ask("GET", "/metrics").body();

    assertThat(Promtool.run(page, "check", "metrics")).isEmpty();
  }

  @Test
  @SuppressWarnings("BanJNDI") // the address is a node's that this test has started
  void beans_tellTheTruthToToolsOnThisMachine() throws Exception {
    Map<String, Double> before = admin.metrics();
    VirtualMachine machine = VirtualMachine.attach(Long.toString(first.process().pid()));
    String url = machine.startLocalManagementAgent();
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ObjectName statistics = bean("CacheStatistics,CacheManager=shown");
      assertThat(beans.getAttribute(statistics, "CacheHits"))
          .isEqualTo(before.get(hits("hit")).longValue());
      assertThat(beans.getAttribute(statistics, "CacheMisses"))
          .isEqualTo(before.get(hits("miss")).longValue());
      assertThat(beans.getAttribute(statistics, "ObjectCount")).isEqualTo(1L);
      assertThat(beans.getAttribute(statistics, "MemoryStoreObjectCount")).isEqualTo(1L);
      ObjectName bounds = bean("CacheConfiguration,CacheManager=shown");
      assertThat(beans.getAttribute(bounds, "MaxBytesLocalHeap")).isEqualTo(32L * 1024 * 1024);
      beans.setAttribute(bounds, new Attribute("LoggingEnabled", false));
      assertThat(beans.getAttribute(bean("Cache,CacheManager=shown"), "Status"))
          .isEqualTo("STATUS_ALIVE");
      assertThat(beans.queryNames(new ObjectName("net.sf.ehcache:*"), null)).hasSize(4);

      beans.invoke(bean("Cache,CacheManager=shown"), "removeAll", new Object[0], new String[0]);
    }
    assertThat(client.get(KEY)).isNull();
    try (TextClient other = second.connect()) {
      await().until(() -> other.get(KEY) == null);
    }
    client.set(KEY, VALUE); // for the other tests
  }

  private static String hits(String status) {
    return "ehcached_commands_total{command=\"get\",status=\"" + status + "\"}";
  }

  private static ObjectName bean(String typeAndManager) throws Exception {
    return new ObjectName("net.sf.ehcache:type=" + typeAndManager + ",name=memcached");
  }
}
