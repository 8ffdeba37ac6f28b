package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandsTest {
  @AutoClose private final TestNode node = new TestNode();

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -10})
  void flushAll_withoutDelay_killsAtOnce(long delay) {
    node.set("k", "v");

    assertThat(node.status(flushAll(delay))).isEqualTo(Status.OK);

    assertThat(node.get("k")).isNull();
    node.set("k", "later");
    assertThat(node.get("k")).isEqualTo("later");
    assertThat(node.count(Counter.CMD_FLUSH)).isEqualTo(1);
  }

  @Test
  void flushAll_withDelay_killsThen() {
    node.set("k", "v");
    node.status(flushAll(10));

    node.region.clock.advanceMillis(9_999);
    assertThat(node.get("k")).isEqualTo("v");
    node.region.clock.advanceMillis(1);
    assertThat(node.get("k")).isNull();
  }

  @Test
  void flushAll_atAUnixTime_killsThen() {
    long seconds = node.region.clock.getAsLong() / 1000 + 10;
    node.set("k", "v");
    node.status(flushAll(seconds));

    assertThat(node.get("k")).isEqualTo("v");
    node.region.clock.advanceSeconds(10);
    assertThat(node.get("k")).isNull();
  }

  @Test
  void flushAll_atAUnixTimeLongPast_killsNothing() {
    node.set("k", "v");
    assertThat(node.status(flushAll(1_000_000_000))).isEqualTo(Status.OK);

    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void flushAll_afterADelayedOne_takesThatBack() {
    node.status(flushAll(10));
    node.status(flushAll(0));
    node.set("k", "v");

    node.region.clock.advanceSeconds(20);

    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void flushAll_whenForbidden_leavesAll() {
    node.control.flushAllowed = false;
    node.set("k", "v");

    Response response = node.run(flushAll(0));

    assertThat(response.status()).isEqualTo(Status.NOT_ALLOWED);
    assertThat(response.text()).isEqualTo("flush_all not allowed");
    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void version_isTheControls() {
    assertThat(node.run(Request.of(Command.VERSION)).text()).isEqualTo("1.6.99");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "-1, 2"}) // -1 is 2^64 - 1
  void verbosity_isCappedAtTwo(long level, int expected) {
    assertThat(node.status(Request.of(Command.VERBOSITY).delta(level))).isEqualTo(Status.OK);
    assertThat(node.control.verbosity).isEqualTo(expected);
  }

  @Test
  void cacheMemlimit_takesMegabytes() {
    assertThat(node.status(cacheMemlimit(8))).isEqualTo(Status.OK);
    assertThat(node.control.memoryLimit).isEqualTo(8L << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "0, MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m",
    "7, MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m",
    "1000000001, MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes",
    "-1, MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes",
  })
  void cacheMemlimit_outOfRange_isRefused(long megabytes, String text) {
    Response response = node.run(cacheMemlimit(megabytes));

    assertThat(response.status()).isEqualTo(Status.BAD_ARGUMENT);
    assertThat(response.text()).isEqualTo(text);
    assertThat(node.control.memoryLimit).isEqualTo(64L << 20);
  }

  @Test
  void cacheMemlimit_ofARegionNotBoundedInBytes_saysWhatToDo() {
    node.control.boundedInBytes = false;

    assertThat(node.run(cacheMemlimit(64)).text())
        .startsWith("MEMLIMIT_ADJUST_FAILED ")
        .contains("maxBytesLocalHeap");
  }

  @Test
  void shutdown_stopsTheNode() {
    assertThat(node.status(shutdown(""))).isEqualTo(Status.OK);
    assertThat(node.control.stopped).isTrue();
  }

  @Test
  void shutdownGraceful_letsTheNodeLeave() {
    assertThat(node.status(shutdown("graceful"))).isEqualTo(Status.OK);
    assertThat(node.control.leaving).isTrue();
    assertThat(node.control.stopped).isFalse();
  }

  @Test
  void shutdown_whenNotEnabled_orInAnUnknownMode_isRefused() {
    assertThat(node.run(shutdown("now")).text()).isEqualTo("invalid shutdown mode");
    assertThat(node.status(shutdown("now"))).isEqualTo(Status.BAD_ARGUMENT);

    node.control.shutdownAllowed = false;
    assertThat(node.run(shutdown("")).text()).isEqualTo("shutdown not enabled");
    assertThat(node.status(shutdown(""))).isEqualTo(Status.NOT_ALLOWED);
    assertThat(node.control.stopped).isFalse();
  }

  @Test
  void refreshCerts_tellsWhyItCouldNot_andElseThatItDid() {
    Request request = Request.of(Command.REFRESH_CERTS);

    assertThat(node.status(request)).isEqualTo(Status.BAD_ARGUMENT);
    assertThat(node.run(request).text()).isEqualTo("Error TLS not enabled");

    node.control.certificates = Optional.empty();
    assertThat(node.status(request)).isEqualTo(Status.OK);
  }

  @Test
  void noopAndQuit_areAnswered() {
    assertThat(node.status(Request.of(Command.NOOP))).isEqualTo(Status.OK);
    assertThat(node.status(Request.of(Command.QUIT))).isEqualTo(Status.OK);
  }

  @Test
  void stats_knowTheirArguments() {
    node.set("k", "v");

    assertThat(names("")).contains("pid", "cmd_set", "curr_items");
    assertThat(names("settings")).containsExactly("maxconns", "inter");
    assertThat(names("items")).contains("items:1:number");
    assertThat(names("slabs")).contains("1:used_chunks", "active_slabs");
    assertThat(names("sizes")).containsExactly("sizes_status");
    assertThat(node.run(stats("conns")).stream()).isNotNull();
  }

  @Test
  void stats_ofAnythingElse_areAnUnknownCommand() {
    assertThat(node.status(stats("foo"))).isEqualTo(Status.UNKNOWN_COMMAND);
  }

  @Test
  void statsReset_startsAtZeroAgain() {
    node.set("k", "v");

    Response response = node.run(stats("reset"));

    assertThat(response.status()).isEqualTo(Status.OK);
    assertThat(response.stats()).isEmpty();
    assertThat(node.count(Counter.CMD_SET)).isZero();
    assertThat(node.get("k")).isEqualTo("v");
  }

  private List<String> names(String argument) {
    return node.run(stats(argument)).stats().stream().map(Stat::name).toList();
  }

  private static Request flushAll(long delay) {
    return Request.of(Command.FLUSH_ALL).exptime(delay);
  }

  private static Request cacheMemlimit(long megabytes) {
    return Request.of(Command.CACHE_MEMLIMIT).delta(megabytes);
  }

  private static Request shutdown(String argument) {
    return Request.of(Command.SHUTDOWN)
        .arguments(argument.isEmpty() ? List.of() : List.of(argument));
  }

  private static Request stats(String argument) {
    return Request.of(Command.STATS).arguments(argument.isEmpty() ? List.of() : List.of(argument));
  }
}
