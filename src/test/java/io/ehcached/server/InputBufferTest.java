package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.text.TextDecoder;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputBufferTest {
  private final InputBuffer input = new InputBuffer();
  private final TextDecoder decoder = new TextDecoder(new Limits(1024));
  private final List<Request> requests = new ArrayList<>();

  private void add(String text) {
    input.add(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Test
  void whatComesInPieces_andGoesInOthers_staysInItsOrder() {
    int added = 0;
    for (int i = 0; i < 1000; i++) {
      add("get k" + added++ + "\r\nget k" + added++ + "\r\nget");
      add(" k" + added++ + "\r\n");
      input.decode(decoder, requests, 2);
    }
    while (input.length() > 0) {
      input.decode(decoder, requests, 100);
    }
    assertThat(requests).hasSize(added);
    for (int i = 0; i < added; i++) {
      assertThat(requests.get(i).key()).hasToString("k" + i);
    }
    assertThat(input.held()).isZero();
  }

  @Test
  void memory_isAtMostTwiceWhatThereIs() {
    for (int i = 0; i < 10_000; i++) {
      add("get k\r\n");
      assertThat(input.held()).isLessThanOrEqualTo(2 * input.length());
    }
  }

  @Test
  void memory_isSoon_whatIsLeftOfMuch() {
    add("get k\r\n".repeat(100_000) + "get");
    while (input.length() > 100) {
      input.decode(decoder, requests, 100);
      requests.clear();
    }
    assertThat(input.held()).isLessThanOrEqualTo(MemoryBudget.SMALL);
    add(" x\r\n");
    input.decode(decoder, requests, 100);
    input.decode(decoder, requests, 100);
    assertThat(requests.get(requests.size() - 1).key()).hasToString("x");
  }

  @Test
  void whatWasKept_isFollowedByWhatComes() {
    byte[] shared = "get a\r\nget ".getBytes(StandardCharsets.US_ASCII);
    input.keep(shared, 7, shared.length);
    add("b\r\n");
    input.decode(decoder, requests, 10);
    assertThat(requests).singleElement().extracting(Request::key).hasToString("b");
  }
}
