package io.ehcached.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.admin.TestControl;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.TestRegion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A node without a wire: an executor on a real region, and a clock that the test moves. */
final class TestNode implements AutoCloseable {
  static final int ITEM_SIZE = 1024;

  final TestRegion region;
  final TestControl control = new TestControl();
  final Counters counters = new Counters();
  final RequestMonitoring monitoring = RequestMonitoring.withDefaults();
  final Limits limits = new Limits(ITEM_SIZE);
  final CommandExecutor executor;

  TestNode() {
    this(TestRegion.eternal());
  }

  TestNode(TestRegion region) {
    this(region, Cluster.NONE);
  }

  TestNode(TestRegion region, Cluster cluster) {
    this.region = region;
    this.executor =
        new Commands(
                region.store, control, control, counters, limits, region.clock, cluster, monitoring)
            .newExecutor();
  }

  static Request request(Command command, String key) {
    return Request.of(command).key(Key.of(key));
  }

  static Request request(Command command, String key, String value) {
    return request(command, key).value(value.getBytes(StandardCharsets.UTF_8));
  }

  Response run(Request request) {
    return runAll(List.of(request)).get(0);
  }

  List<Response> runAll(List<Request> requests) {
    List<Request> answered = new ArrayList<>();
    List<Response> responses = new ArrayList<>();
    Responder responder =
        (request, response) -> {
          answered.add(request);
          responses.add(response);
        };
    for (int done = 0; done < requests.size(); ) { // behind a heavy one a batch is broken off
      done += executor.executeBatch(requests.subList(done, requests.size()), responder);
    }
    assertThat(answered).isEqualTo(requests);
    return responses;
  }

  Status status(Request request) {
    return run(request).status();
  }

  Status set(String key, String value) {
    return status(request(Command.SET, key, value).flags(5));
  }

  Status set(String key, String value, long exptime) {
    return status(request(Command.SET, key, value).flags(5).exptime(exptime));
  }

  /** Returns the item as it is read, or null. */
  Item item(String key) {
    return run(request(Command.GET, key)).item();
  }

  /** Returns the value as text, or null when there is none. */
  String get(String key) {
    Item item = item(key);
    return item == null ? null : new String(item.value(), StandardCharsets.UTF_8);
  }

  long count(Counter counter) {
    return counters.get(counter);
  }

  @Override
  public void close() {
    region.close();
  }
}
