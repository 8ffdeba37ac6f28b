package io.ehcached.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Prometheus' {@code memcached_exporter} reads, by its source ({@code
 * pkg/exporter/exporter.go}, as of 2026): a number that it cannot parse, or one that it subtracts
 * and does not find, takes its {@code memcached_up} to 0.
 */
class ExporterStatsIT {
  private static final List<String> OPERATIONS =
      List.of("get", "delete", "incr", "decr", "cas", "touch");

  /** Read from {@code stats} as numbers. */
  private static final List<String> NUMBERS =
      List.of(
          ("uptime time cas_badval cmd_flush cmd_set bytes limit_maxbytes curr_items total_items"
                  + " bytes_read bytes_written curr_connections total_connections"
                  + " rejected_connections conn_yields listen_disabled_num evictions reclaimed"
                  + " store_too_large store_no_memory crawler_items_checked crawler_reclaimed"
                  + " accepting_conns")
              .split(" "));

  /** Read from {@code stats} where memcached runs what they are about, which this node does not. */
  private static final List<String> OF_ABSENT_THREADS =
      List.of(
          "lru_crawler_starts direct_reclaims moves_to_cold moves_to_warm moves_within_lru"
              .split(" "));

  private static final List<String> ITEM_NUMBERS =
      List.of(
          ("number age mem_requested evicted evicted_nonzero evicted_time evicted_unfetched"
                  + " expired_unfetched outofmemory reclaimed tailrepairs crawler_reclaimed")
              .split(" "));

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern SECONDS = Pattern.compile("[0-9]+\\.[0-9]{6}");

  /** As its client finds a class in a name: {@code items:1:age}, {@code 1:cas_hits}. */
  private static final Pattern OF_CLASS = Pattern.compile("(?:items:)?([0-9]+):(.*)");

  private static NodeProcess node;
  private static TextClient client;

  @BeforeAll
  static void start() {
    node = NodeProcess.startAlone();
    client = node.connect();
    client.set("k", "1");
    client.ask("cas k 0 0 1 1\r\n2"); // one that is refused
    client.ask("cas k 0 0 1 " + client.cas("k") + "\r\n3");
    client.ask("cas none 0 0 1 1\r\n2");
    client.set("k", "4");
    client.get("k");
  }

  @AfterAll
  static void stop() {
    client.close();
    node.close();
  }

  private static Map<String, String> stats(String arguments) {
    Map<String, String> stats = new LinkedHashMap<>();
    client.send(("stats " + arguments).strip() + "\r\n");
    for (String line = client.line(); !line.equals("END"); line = client.line()) {
      String[] words = line.split(" ", 3);
      assertThat(words).as(line).hasSize(3).startsWith("STAT");
      assertThat(stats.put(words[1], words[2])).as(line).isNull();
    }
    return stats;
  }

  @Test
  void stats_parse() {
    Map<String, String> stats = stats("");

    for (String operation : OPERATIONS) {
      assertThat(stats.get(operation + "_hits")).as(operation).matches(NUMBER);
      assertThat(stats.get(operation + "_misses")).as(operation).matches(NUMBER);
    }
    for (String name : NUMBERS) {
      assertThat(stats.get(name)).as(name).isNotNull().matches(NUMBER);
    }
    assertThat(stats.get("version")).matches("[0-9.]+");
    assertThat(stats.get("rusage_user")).matches(SECONDS);
    assertThat(stats.get("rusage_system")).matches(SECONDS);
    assertThat(stats).doesNotContainKeys(OF_ABSENT_THREADS.toArray(String[]::new));
  }

  @Test
  void setsLessThoseThatCompare_areThoseThatDoNot() {
    Map<String, String> stats = stats("");

    long compared =
        number(stats, "cas_misses") + number(stats, "cas_hits") + number(stats, "cas_badval");
    assertThat(compared).isEqualTo(3);
    assertThat(number(stats, "cmd_set") - compared).isEqualTo(2);
  }

  private static long number(Map<String, String> stats, String name) {
    return Long.parseLong(stats.get(name));
  }

  @Test
  void whatNamesPartsThatAreNotHere_isLeftOut() {
    assertThat(stats("")).doesNotContainKeys("extstore_limit_maxbytes", "proxy_backend_total");
  }

  @Test
  void settings_parse() {
    Map<String, String> settings = stats("settings");

    assertThat(settings.get("maxconns")).matches(NUMBER);
    // With "yes" it would read the crawler's own settings.
    assertThat(settings).containsEntry("lru_crawler", "no");
  }

  @Test
  void items_parse() {
    Map<String, String> items = ofOnlyClass(stats("items"));

    for (String name : ITEM_NUMBERS) {
      if (!name.equals("age")) { // not known in a node's first seconds
        assertThat(items.get(name)).as(name).isNotNull();
      }
    }
    assertThat(items.values()).allSatisfy(value -> assertThat(value).matches(NUMBER));
  }

  @Test
  void slabs_parse_andCountWhatTheyAreSubtractedFrom() {
    Map<String, String> all = stats("slabs");
    assertThat(all.remove("active_slabs")).isEqualTo("1");
    assertThat(all.remove("total_malloced")).matches(NUMBER);

    Map<String, String> slab = ofOnlyClass(all);

    for (String operation : OPERATIONS) {
      assertThat(slab.get(operation + "_hits")).as(operation).matches(NUMBER);
    }
    assertThat(number(slab, "cmd_set") - number(slab, "cas_hits") - number(slab, "cas_badval"))
        .isNotNegative();
    assertThat(slab.get("used_chunks")).isEqualTo("1");
    assertThat(slab.values()).allSatisfy(value -> assertThat(value).matches(NUMBER));
  }

  private static Map<String, String> ofOnlyClass(Map<String, String> stats) {
    Map<String, String> found = new LinkedHashMap<>();
    stats.forEach(
        (name, value) -> {
          Matcher matcher = OF_CLASS.matcher(name);
          assertThat(matcher.matches()).as(name).isTrue();
          assertThat(matcher.group(1)).isEqualTo("1");
          found.put(matcher.group(2), value);
        });
    return found;
  }
}
