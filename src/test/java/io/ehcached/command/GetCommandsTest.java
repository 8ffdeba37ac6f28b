package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static io.ehcached.protocol.Command.GET;
import static io.ehcached.protocol.Command.GET_AND_TOUCH;
import static io.ehcached.protocol.Command.SET;
import static io.ehcached.protocol.Command.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.item.Expiry;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GetCommandsTest {
  @AutoClose private final TestNode node = new TestNode();

  @Test
  void get_countsHitsAndMisses() {
    node.set("k", "v");

    assertThat(node.get("k")).isEqualTo("v");
    assertThat(node.status(request(GET, "n"))).isEqualTo(Status.NOT_FOUND);

    assertThat(node.count(Counter.CMD_GET)).isEqualTo(2);
    assertThat(node.count(Counter.GET_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.GET_MISSES)).isEqualTo(1);
  }

  @Test
  void aBatch_isCarriedOutInItsOrder() {
    List<Response> responses =
        node.runAll(
            List.of(
                request(GET, "k"),
                request(SET, "k", "v"),
                request(GET, "k"),
                request(Command.DELETE, "k"),
                request(GET, "k")));

    assertThat(responses)
        .extracting(Response::status)
        .containsExactly(Status.NOT_FOUND, Status.OK, Status.OK, Status.OK, Status.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOUCH", "GET_AND_TOUCH"})
  void touch_givesANewExpiry_andKeepsValueAndFlags(Command touch) {
    node.set("k", "v", 10);

    assertThat(node.status(request(touch, "k").exptime(100))).isEqualTo(Status.OK);

    node.region.clock.advanceSeconds(99);
    assertThat(node.get("k")).isEqualTo("v");
    assertThat(node.item("k").flags()).isEqualTo(5);
    node.region.clock.advanceSeconds(1);
    assertThat(node.get("k")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"TOUCH", "GET_AND_TOUCH"})
  void touch_withZero_leavesTheExpiryToTheRegion(Command touch) {
    node.set("k", "v", 10);

    Response response = node.run(request(touch, "k").exptime(0));

    assertThat(node.item("k").expiry()).isEqualTo(Expiry.REGION);
    assertThat(response.item().cas()).isEqualTo(node.item("k").cas());
  }

  @ParameterizedTest
  @EnumSource(names = {"TOUCH", "GET_AND_TOUCH"})
  void touch_withANegativeOne_kills(Command touch) {
    node.set("k", "v");

    assertThat(node.status(request(touch, "k").exptime(-1))).isEqualTo(Status.OK);

    assertThat(node.get("k")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"TOUCH", "GET_AND_TOUCH"})
  void touch_withoutItem_findsNone(Command touch) {
    node.set("dead", "v", -1);

    assertThat(node.status(request(touch, "n").exptime(100))).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(request(touch, "dead").exptime(100))).isEqualTo(Status.NOT_FOUND);
    assertThat(node.get("dead")).isNull();
  }

  @Test
  void gat_isAnsweredWithTheItemItLeaves() {
    node.set("k", "v");

    Response response = node.run(request(GET_AND_TOUCH, "k").exptime(50).wantsCas(true));

    assertThat(response.item().value()).asString().isEqualTo("v");
    assertThat(response.item().cas()).isEqualTo(node.item("k").cas());
  }

  @Test
  void touches_areCountedAsMemcachedDoes() {
    node.set("k", "v");
    node.status(request(TOUCH, "k"));
    node.status(request(GET_AND_TOUCH, "k"));
    node.status(request(TOUCH, "n"));
    node.status(request(GET_AND_TOUCH, "n"));

    assertThat(node.count(Counter.CMD_TOUCH)).isEqualTo(4);
    assertThat(node.count(Counter.TOUCH_HITS)).isEqualTo(2);
    assertThat(node.count(Counter.TOUCH_MISSES)).isEqualTo(2);
    assertThat(node.count(Counter.CMD_GET)).isZero();
  }

  @Test
  void aFaultOfTheServers_isAnsweredAndDoesNotHoldUpTheNext() {
    node.set("k", "v");

    List<Response> responses =
        node.runAll(List.of(Request.of(GET), request(GET, "k"))); // the first has no key

    assertThat(responses)
        .extracting(Response::status)
        .containsExactly(Status.SERVER_ERROR, Status.OK);
  }
}
