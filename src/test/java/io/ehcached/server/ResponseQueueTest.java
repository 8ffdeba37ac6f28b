package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseQueueTest {
  private static final int WIDE = 100_000_000;
  private static final int TURN = 5 * 1024 * 1024;

  @Test
  void largeValue_takesManyTurns_thoughTheSocketTakesAllOfIt() {
    EmbeddedChannel channel = new EmbeddedChannel();
    ResponseQueue responses =
        new ResponseQueue(channel, new Encoders(true), MemoryBudget.of(0), () -> {});
    List<Request> requests = new ArrayList<>();
    byte[] line = "get k\r\n".getBytes(StandardCharsets.US_ASCII);
    Protocols.ANY
        .newDecoder(new Limits(1000), Access.FREE)
        .decode(line, 0, line.length, requests, 1);
    responses.add(requests.get(0), Response.of(new WideItem(Key.of("k"), WIDE)));
    long sent = 0;
    do {
      long now = responses.flush();
      assertThat(now).isBetween(1L, (long) TURN);
      channel.releaseOutbound();
      sent += now;
    } while (responses.wantsTurn());
    assertThat(sent).isGreaterThan(WIDE);
    assertThat(responses.isBlocked()).isFalse();
  }
}
