package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Latencies;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedExecutorTest {
  private static final long NANOS = 2_000_000;

  private final Latencies latencies = new Latencies();
  private final List<Runnable> late = new ArrayList<>();

  /** Lets all answers wait. */
  private static final class Waiting implements Cluster {
    @Override
    public boolean isSynchronous() {
      return true;
    }

    @Override
    public void whenReplicated(Runnable done) {
      throw new AssertionError();
    }

    @Override
    public boolean isCopying() {
      return false;
    }

    @Override
    public void fetch(List<Key> keys, Runnable done) {
      throw new AssertionError();
    }
  }

  private static void spend(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private long count(Command command) {
    Latencies.Histogram histogram = latencies.histograms().get(command);
    return histogram == null ? 0 : histogram.counts().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void aBatch_hasTheTimeFromTheTurnsBeginOn() {
    TimedExecutor executor =
        new TimedExecutor((requests, responder) -> requests.size(), latencies, Cluster.NONE);
    List<Request> first = List.of(request(Command.GET, "a"), request(Command.SET, "b"));
    List<Request> second = List.of(request(Command.DELETE, "c"));

    executor.expect(first);
    executor.expect(second);
    spend(NANOS);
    executor.executeBatch(first, (request, response) -> {});
    executor.executeBatch(second, (request, response) -> {});
    executor.executeBatch(List.of(request(Command.TOUCH, "d")), (request, response) -> {});

    assertThat(count(Command.GET)).isOne();
    assertThat(count(Command.SET)).isOne();
    assertThat(count(Command.DELETE)).isOne();
    assertThat(latencies.histograms().get(Command.GET).nanos()).isGreaterThanOrEqualTo(NANOS);
    long ofSecond = latencies.histograms().get(Command.DELETE).nanos();
    assertThat(ofSecond).isGreaterThanOrEqualTo(latencies.histograms().get(Command.SET).nanos());
    assertThat(count(Command.TOUCH)).isOne();
  }

  @Test
  void anAnswerThatWaits_countsWhenItComes() throws Exception {
    CommandExecutor waits =
        (requests, responder) -> {
          requests.forEach(
              request -> late.add(() -> responder.respond(request, Response.of(Status.OK))));
          return requests.size();
        };
    TimedExecutor executor = new TimedExecutor(waits, latencies, new Waiting());
    List<Request> answered = new ArrayList<>();
    List<Request> batch = List.of(request(Command.GET, "a"), request(Command.SET, "b"));

    executor.executeBatch(batch, (request, response) -> answered.add(request));
    assertThat(latencies.histograms()).isEmpty();
    spend(NANOS);
    late.get(0).run();
    Thread other = new Thread(late.get(1));
    other.start();
    other.join();

    assertThat(answered).isEqualTo(batch);
    assertThat(count(Command.GET)).isOne();
    assertThat(latencies.histograms().get(Command.SET).nanos()).isGreaterThanOrEqualTo(NANOS);
  }
}
