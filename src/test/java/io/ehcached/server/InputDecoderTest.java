package io.ehcached.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.support.BinaryPacket;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputDecoderTest {
  private static final int MANY = 100;

  private final SharedConnectionState shared =
      new SharedConnectionState(
          new ConnectionLimits(1, true, 0, 0, 0, 0, 0), List.of(), item -> true);
  private final Worker worker = new Worker(null, null, null, null, shared);
  private final List<Request> requests = new ArrayList<>();
  private final Access access = Access.denied();
  private final InputDecoder incoming =
      new InputDecoder(Protocols.ANY.newDecoder(new Limits(1000), access), worker, requests);

  private void take(byte[] bytes) {
    incoming.take(Unpooled.wrappedBuffer(bytes), /* stalled= */ false, MANY);
  }

  private void take(String text) {
    take(text.getBytes(ISO_8859_1));
  }

  private Request next(boolean granted) {
    access.grant(granted);
    requests.clear(); // which have been carried out
    incoming.decodeMore(MANY);
    return requests.get(0);
  }

  @Test
  void packetBehindALogin_isDecodedWhenItsOutcomeIsKnown_inAnotherReadToo() {
    take(BinaryPacket.of(0x21).key("PLAIN").value("\0bob\0secret").bytes());
    take(BinaryPacket.of(0x0a).bytes());
    assertThat(requests).extracting(Request::command).containsExactly(Command.AUTHENTICATE);
    assertThat(incoming.isBehind()).isTrue();
    Request noop = next(true);
    assertThat(noop.command()).isEqualTo(Command.NOOP);
    assertThat(incoming.isBehind()).isFalse();
  }

  @Test
  void lineBehindALogin_isDecodedWhenItsOutcomeIsKnown_inAnotherReadToo() {
    take("set x 0 0 10\r\nbob secret\r\n");
    take("get a\r\n");
    assertThat(requests).extracting(Request::command).containsExactly(Command.AUTHENTICATE);
    assertThat(next(true).command()).isEqualTo(Command.GET);
  }

  @Test
  void lineBehindAWatch_isNotDecoded_inAnotherReadEither() {
    access.grant(true);
    take("watch\r\n");
    take("get a\r\n");
    assertThat(requests).extracting(Request::command).containsExactly(Command.WATCH);
    assertThat(incoming.isBehind()).isTrue();
  }

  @Test
  void answerThatComesAfterItsClientHasGone_countsNoMemory() {
    access.grant(true);
    take("set a 0 0 5\r\nva");
    incoming.economize();
    assertThat(shared.input().held()).isPositive();
    incoming.discard();
    incoming.account(5); // as when the answer to a request before it comes
    assertThat(shared.input().held()).isZero();
  }

  @Test
  void linesInTwoReads_areDecodedAtOnce() {
    access.grant(true);
    take("get a\r\n");
    take("get b\r\n");
    assertThat(requests).hasSize(2);
    assertThat(incoming.isBehind()).isFalse();
  }
}
