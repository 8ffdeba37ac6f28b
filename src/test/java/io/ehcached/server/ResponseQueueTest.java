package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseQueueTest {
  private static final int WIDE = 100_000_000;
  private static final int TURN = 5 * 1024 * 1024;
  private static final int LENGTH = 1000;
  private static final int MANY = 1024 * 1024 / LENGTH;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ResponseQueue responses =
      new ResponseQueue(channel, new Encoders(true), MemoryBudget.of(0), () -> {});

  private static Request get(String key) {
    List<Request> requests = new ArrayList<>();
    byte[] line = ("get " + key + "\r\n").getBytes(StandardCharsets.US_ASCII);
    Protocols.ANY
        .newDecoder(new Limits(1000), Access.FREE)
        .decode(line, 0, line.length, requests, 1);
    return requests.get(0);
  }

  /** Returns all that is sent, with {@code x} for each run of bytes of a value. */
  private String sent() {
    StringBuilder sent = new StringBuilder();
    do {
      responses.flush();
      for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        sent.append(out.toString(StandardCharsets.US_ASCII));
        out.release();
      }
    } while (responses.wantsTurn());
    return sent.toString().replaceAll("\0+", "x");
  }

  private void add(String key, int length) {
    responses.add(get(key), Response.of(new WideItem(Key.of(key), length)));
  }

  @Test
  void answersBehindALargeValue_waitForIt() {
    add("a", 1);
    assertThat(responses.isFull()).isFalse();
    add("b", TURN);
    assertThat(responses.isFull()).isTrue();
    add("c", 1);
    add("d", TURN);
    assertThat(sent().lines())
        .containsExactly(
            "VALUE a 0 1",
            "x",
            "END",
            "VALUE b 0 5242880",
            "x",
            "END",
            "VALUE c 0 1",
            "x",
            "END",
            "VALUE d 0 5242880",
            "x",
            "END");
    assertThat(responses.isFull()).isFalse();
  }

  @Test
  void smallAnswers_fillTheBufferAsFarAsItIsFor_andNoFurther() {
    int count = 0;
    while (!responses.isFull()) {
      add("a", LENGTH);
      assertThat(++count).isLessThanOrEqualTo(MANY);
    }
    add("b", LENGTH);
    assertThat(responses.isBlocked()).isTrue();
    assertThat(sent()).endsWith("VALUE b 0 1000\r\nx\r\nEND\r\n");
    assertThat(responses.isFull()).isFalse();
  }

  @Test
  void largeValue_takesManyTurns_thoughTheSocketTakesAllOfIt() {
    responses.add(get("k"), Response.of(new WideItem(Key.of("k"), WIDE)));
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
