package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.admin.Counter;
import io.ehcached.command.CommandExecutor;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.support.Patience;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of clients while their requests wait to be answered. */
class PausedClientIT {
  private static final Key HOLD = Key.of("hold");
  private static final Key LATE = Key.of("late");
  private static final int WIDE = 32 * 1024 * 1024; // more than a socket takes at once
  private static final int SENDERS = 4;
  private static final int BLOCKED_ROUNDS = 50;
  private static final ByteBuffer REQUESTS =
      ByteBuffer.wrap("get late\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
  private static final long MB = 1024 * 1024;

  /** Keeps requests for one key until a test answers them, and finds nothing under others. */
  private static final class LateExecutor implements CommandExecutor {
    final CountDownLatch going = new CountDownLatch(1);
    private volatile boolean prompt;

    private record Late(Request request, Responder responder) {}

    private final BlockingQueue<Late> late = new LinkedBlockingQueue<>();

    @Override
    public int executeBatch(List<Request> requests, Responder responder) {
      if (LATE.equals(requests.get(0).key()) && !prompt) {
        late.add(new Late(requests.get(0), responder));
        return 1;
      }
      if (HOLD.equals(requests.get(0).key())) {
        Patience.await(going);
      }
      requests.forEach(request -> responder.respond(request, Response.of(Status.NOT_FOUND)));
      return requests.size();
    }

    void answer(Item item) throws InterruptedException {
      Late next = late.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      next.responder().respond(next.request(), Response.of(item));
    }

    /** Has nobody wait any longer, so that the server need not either when it stops. */
    void answerAll() {
      prompt = true;
      for (Late next = late.poll(); next != null; next = late.poll()) {
        next.responder().respond(next.request(), Response.of(Status.NOT_FOUND));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void clientThatHasSentItsLastByte_getsAnswersThatAreMadeLater(Transport transport)
      throws Exception {
    assumeTrue(transport.isAvailable(), transport + " is not there on this machine");
    LateExecutor executor = new LateExecutor();
    try (TestServer server = new TestServer(transport, 1024, executor);
        TextClient client = new TextClient(server.port());
        TextClient other = new TextClient(server.port())) {
      client.send("get late\r\nget late\r\n");
      client.endInput();
      for (int i = 0; i < 3; i++) { // so that the event loop has seen that the input has ended
        assertThat(other.get("other")).isNull();
      }
      for (int i = 0; i < 2; i++) {
        executor.answer(new WideItem(LATE, WIDE));
        assertThat(client.line()).isEqualTo("VALUE late 0 " + WIDE);
        assertThat(client.bytes(WIDE)).hasSize(WIDE);
        assertThat(client.line()).isEmpty();
        assertThat(client.line()).isEqualTo("END");
      }
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void clientWhoseLateAnswerCannotBeMade_isClosed(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), transport + " is not there on this machine");
    LateExecutor executor = new LateExecutor();
    try (TestServer server = new TestServer(transport, 1024, executor);
        TextClient client = new TextClient(server.port());
        TextClient other = new TextClient(server.port())) {
      client.send("get late\r\n");
      executor.answer(null); // which no encoder understands
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(other.get("other")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void clientsWhoseRequestsWait_areNotReadFrom(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), transport + " is not there on this machine");
    LateExecutor executor = new LateExecutor();
    try (TestServer server = new TestServer(transport, 1024, executor);
        TextClient other = new TextClient(server.port())) {
      List<SocketChannel> senders = new ArrayList<>();
      try {
        for (int i = 0; i < SENDERS; i++) {
          senders.add(connect(server.port()));
        }
        assertThat(other.get("other")).isNull(); // so that all are read from
        other.send("get hold\r\n");
        while (sendAll(senders) > 0) {} // while nothing is read
        executor.going.countDown();
        assertThat(other.line()).isEqualTo("END");
        for (int blocked = 0; blocked < BLOCKED_ROUNDS; ) {
          blocked = sendAll(senders) == 0 ? blocked + 1 : 0;
          assertThat(other.get("other")).isNull(); // and the others are answered
          assertThat(server.counters.get(Counter.BYTES_READ)).isLessThan(SENDERS * 4 * MB);
        }
      } finally {
        for (SocketChannel sender : senders) {
          sender.close();
        }
        executor.answerAll();
      }
    }
  }

  private static long sendAll(List<SocketChannel> senders) throws IOException {
    long sent = 0;
    for (SocketChannel sender : senders) {
      sent += sender.write(REQUESTS.rewind());
    }
    return sent;
  }

  private static SocketChannel connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    return channel;
  }
}
