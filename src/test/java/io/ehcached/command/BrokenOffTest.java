package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where a batch ends before its end, so that neither memory nor others' time is taken. */
class BrokenOffTest {
  @AutoClose private final TestNode node = new TestNode();
  private final List<Response> answers = new ArrayList<>();

  /** Takes so many answers. */
  private Responder room(int max) {
    return new Responder() {
      @Override
      public void respond(Request request, Response response) {
        answers.add(response);
      }

      @Override
      public boolean isFull() {
        return answers.size() >= max;
      }
    };
  }

  private static List<Request> gets(int count) {
    return Collections.nCopies(count, TestNode.request(Command.GET, "k"));
  }

  @Test
  void fullResponder_isAnsweredNoFurther() {
    node.set("k", "v");

    assertThat(node.executor.executeBatch(gets(100), room(7))).isEqualTo(7);

    assertThat(answers).hasSize(7);
    assertThat(node.count(Counter.GET_HITS)).isEqualTo(7);
  }

  @Test
  void firstRequest_isCarriedOutInAnyCase() {
    assertThat(node.executor.executeBatch(gets(3), room(0))).isEqualTo(1);
  }

  @Test
  void fullResponder_thatIsToldOfEach_isAnsweredNoFurtherEither() {
    node.monitoring.prefixes().turn(true);

    assertThat(node.executor.executeBatch(gets(100), room(7))).isEqualTo(7);
  }

  @Test
  void requestThatMayTakeLong_endsABatch() {
    List<Request> batch = new ArrayList<>(gets(2));
    batch.add(Request.of(Command.STATS).arguments(List.of("detail", "dump")));
    batch.addAll(gets(2));

    assertThat(node.executor.executeBatch(batch, room(100))).isEqualTo(3);
    assertThat(answers).hasSize(3);
  }
}
