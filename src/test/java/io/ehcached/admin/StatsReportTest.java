package io.ehcached.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.TestControl.Connection;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Stream;
import io.ehcached.store.TestRegion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatsReportTest {
  @AutoClose private final TestRegion region = TestRegion.eternal();
  private final TestControl control = new TestControl();
  private final Counters counters = new Counters();
  private final Counters.Cell cell = counters.newCell();
  private final RequestMonitoring observation = RequestMonitoring.withDefaults();
  private final StatsReport report =
      new StatsReport(region.store, control, counters, observation, region.clock);

  @BeforeEach
  void start() {
    control.startMillis = region.clock.getAsLong();
    control.connections.add(new Connection(1, "tcp:127.0.0.1:11211", null, "conn_listening", 9));
    control.connections.add(
        new Connection(2, "tcp:127.0.0.1:5000", "tcp:127.0.0.1:11211", "conn_parse_cmd", 0));
  }

  @Test
  void general_hasMemcachedsKeys_inItsOrder() {
    assertThat(report.general())
        .extracting(Stat::name)
        .containsExactly(
            ("pid uptime time version pointer_size rusage_user rusage_system max_connections"
                    + " curr_connections total_connections rejected_connections"
                    + " connection_structures response_obj_oom response_obj_bytes read_buf_bytes"
                    + " read_buf_oom idle_kicks cmd_get cmd_set cmd_flush cmd_touch cmd_meta"
                    + " get_hits get_misses get_expired get_flushed delete_misses delete_hits"
                    + " incr_misses incr_hits decr_misses decr_hits cas_misses cas_hits cas_badval"
                    + " touch_hits touch_misses store_too_large store_no_memory auth_cmds"
                    + " auth_errors bytes_read bytes_written limit_maxbytes accepting_conns"
                    + " listen_disabled_num time_in_listen_disabled_us threads conn_yields"
                    + " slab_reassign_rescues slab_reassign_chunk_rescues"
                    + " slab_reassign_evictions_nomem slab_reassign_inline_reclaim"
                    + " slab_reassign_busy_items slab_reassign_busy_deletes"
                    + " slab_reassign_running slabs_moved malloc_fails log_worker_dropped"
                    + " log_worker_written log_watcher_skipped log_watcher_sent log_watchers"
                    + " unexpected_napi_ids round_robin_fallback bytes curr_items total_items"
                    + " slab_global_page_pool expired_unfetched evicted_unfetched evictions"
                    + " reclaimed crawler_reclaimed crawler_items_checked lrutail_reflocked"
                    + " partial_kicks output_kicks udp_dropped")
                .split(" "));
  }

  @Test
  void general_withTls_tellsOfItBehindMemcachedsOthers() {
    control.secondsSinceCertificatesRead = OptionalLong.of(7);
    cell.add(Counter.SSL_HANDSHAKE_ERRORS, 3);
    cell.increment(Counter.SSL_PROTO_ERRORS);

    assertThat(report.general())
        .containsSequence(
            Stat.of("ssl_handshake_errors", 3),
            Stat.of("ssl_proto_errors", 1),
            Stat.of("time_since_server_cert_refresh", 7))
        .noneMatch(stat -> stat.name().equals("ssl_new_sessions"));
  }

  @Test
  void general_hasEveryCounter() {
    control.secondsSinceCertificatesRead = OptionalLong.of(7);
    control.resumesTlsSessions = true;
    assertThat(report.general())
        .extracting(Stat::name)
        .containsAll(Arrays.stream(Counter.values()).map(Counter::statName).toList());
  }

  @Test
  void general_withTlsThatResumesSessions_tellsHowManyWereNew() {
    control.secondsSinceCertificatesRead = OptionalLong.of(7);
    control.resumesTlsSessions = true;
    cell.add(Counter.SSL_NEW_SESSIONS, 2);

    assertThat(report.general())
        .containsSequence(Stat.of("ssl_new_sessions", 2), Stat.of("ssl_handshake_errors", 0));
  }

  @Test
  void general_isTrue() {
    region.clock.advanceMillis(61_500);
    cell.add(Counter.CMD_GET, 3);
    cell.increment(Counter.BYTES_READ);
    counters.newCell().increment(Counter.CMD_GET);
    region.set("k", "v");

    Map<String, String> stats = map(report.general());

    assertThat(stats)
        .containsEntry("pid", Long.toString(ProcessHandle.current().pid()))
        .containsEntry("uptime", "61")
        .containsEntry("time", Long.toString(region.clock.getAsLong() / 1000))
        .containsEntry("version", "1.6.99")
        .containsEntry("curr_connections", "1")
        .containsEntry("connection_structures", "2")
        .containsEntry("cmd_get", "4")
        .containsEntry("bytes_read", "1")
        .containsEntry("limit_maxbytes", "67108864")
        .containsEntry("threads", "4")
        .containsEntry("curr_items", "1")
        .containsEntry("bytes", Long.toString(region.store.bytes()));
    assertThat(stats.get("rusage_user")).matches("[0-9]+\\.[0-9]{6}");
    assertThat(Double.parseDouble(stats.get("rusage_user"))).isPositive();
  }

  @Test
  void items_ofAnEmptyRegion_areNone() {
    assertThat(report.items()).isEmpty();
    assertThat(map(report.slabs())).containsOnlyKeys("active_slabs", "total_malloced");
    assertThat(map(report.slabs())).containsEntry("active_slabs", "0");
  }

  @Test
  void items_areOneClass() {
    region.set("k", "v");
    region.set("l", "v");
    region.store.reclaim();
    region.clock.advanceSeconds(30);

    Map<String, String> items = map(report.items());

    assertThat(items)
        .containsEntry("items:1:number", "2")
        .containsEntry("items:1:mem_requested", Long.toString(region.store.bytes()))
        .containsEntry("items:1:evicted", "0");
    assertThat(Integer.parseInt(items.get("items:1:age"))).isBetween(29, 31);
  }

  @Test
  void items_beforeAnyoneLookedThemOver_haveNoAge() {
    region.set("k", "v");

    assertThat(map(report.items())).doesNotContainKey("items:1:age");
  }

  @Test
  void slabs_areOneClass() {
    region.set("k", "v");
    cell.increment(Counter.GET_HITS);

    assertThat(map(report.slabs()))
        .containsEntry("1:used_chunks", "1")
        .containsEntry("1:get_hits", "1")
        .containsEntry("active_slabs", "1")
        .containsEntry("total_malloced", Long.toString(region.store.bytes()));
  }

  @Test
  void connections_areToldAsMemcachedDoes() {
    assertThat(Lines.all(report.connections()))
        .extracting(line -> ((Stream.StatLine) line).stat())
        .containsExactly(
            new Stat("1:addr", "tcp:127.0.0.1:11211"),
            new Stat("1:state", "conn_listening"),
            new Stat("1:secs_since_last_cmd", "9"),
            new Stat("2:addr", "tcp:127.0.0.1:5000"),
            new Stat("2:listen_addr", "tcp:127.0.0.1:11211"),
            new Stat("2:state", "conn_parse_cmd"),
            new Stat("2:secs_since_last_cmd", "0"));
  }

  @Test
  void reset_startsAtZero_butForWhatThereIs() {
    region.set("dead", "v", 1);
    region.get("dead");
    region.set("k", "v");
    cell.increment(Counter.CMD_GET);
    assertThat(map(report.general())).containsEntry("get_expired", "1");

    report.reset();

    assertThat(map(report.general()))
        .containsEntry("cmd_get", "0")
        .containsEntry("get_expired", "0")
        .containsEntry("reclaimed", "0")
        .containsEntry("curr_items", "1");
    cell.increment(Counter.CMD_GET);
    assertThat(map(report.general())).containsEntry("cmd_get", "1");
  }

  @Test
  void cpuTime_isReadBehindAnyProcessName() {
    String line = "4711 (a ) b) S 1 2 3 4 5 6 7 8 9 10 1234 56 0 0 20 0";

    assertThat(CpuTime.parse(line)).isEqualTo(new CpuTime("12.340000", "0.560000"));
  }

  private static Map<String, String> map(List<Stat> stats) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Stat stat : stats) {
      assertThat(map.put(stat.name(), stat.value())).as(stat.name()).isNull();
    }
    return map;
  }
}
