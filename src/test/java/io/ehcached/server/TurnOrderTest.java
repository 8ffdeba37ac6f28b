package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.command.CommandExecutor;
import io.ehcached.item.Key;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.support.Patience;
import io.ehcached.support.TextClient;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is done for clients that send without end before another has its turn. */
class TurnOrderTest {
  private static final int PER_TURN = 1024;
  private static final int SENDERS = 3;
  private static final int SENT = 100_000;
  private static final Key OTHER = Key.of("other");

  /** Answers that nothing is there, and knows how much was asked before the other client's key. */
  private static final class Recorder implements CommandExecutor {
    private static final int MANY = 10_000;

    final CountDownLatch busy = new CountDownLatch(1);
    final CountDownLatch otherSent = new CountDownLatch(1);
    final CountDownLatch otherSeen = new CountDownLatch(1);
    private long seen;
    private long seenAtSending;
    volatile long between;

    @Override
    public int executeBatch(List<Request> requests, Responder responder) {
      for (Request request : requests) {
        if (OTHER.equals(request.key())) {
          between = seen - seenAtSending;
          otherSeen.countDown();
        }
        seen++;
        responder.respond(request, Response.of(Status.NOT_FOUND));
      }
      if (seen > MANY && busy.getCount() > 0) {
        busy.countDown();
        Patience.await(
            otherSent); // nothing is done until the other client's request lies in its socket
        seenAtSending = seen;
      }
      return requests.size();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void clientThatSendsLittle_waitsForOneTurnOfThoseThatSendMuch(Transport transport)
      throws Exception {
    assumeTrue(transport.isAvailable(), transport + " is not there on this machine");
    Recorder recorder = new Recorder();
    TestServer server = new TestServer(transport, PER_TURN, recorder);
    int port = server.port();
    TextClient[] senders = new TextClient[SENDERS];
    Thread[] threads = new Thread[2 * SENDERS];
    try (TextClient other = new TextClient(port)) {
      other.send("get first\r\n");
      assertThat(other.line()).isEqualTo("END");
      for (int i = 0; i < SENDERS; i++) {
        TextClient sender = new TextClient(port);
        senders[i] = sender;
        threads[2 * i] = new Thread(() -> sender.send("get x\r\n".repeat(SENT)));
        threads[2 * i + 1] = new Thread(() -> sender.bytes(SENT * "END\r\n".length()));
        threads[2 * i].start();
        threads[2 * i + 1].start();
      }
      Patience.await(recorder.busy);
      other.send("get other\r\n");
      recorder.otherSent.countDown();
      Patience.await(recorder.otherSeen);
      // What is left of the turn, and one more, in which the other's request is read.
      assertThat(recorder.between).isLessThanOrEqualTo(2L * SENDERS * PER_TURN);
      assertThat(other.line()).isEqualTo("END");
      for (Thread thread : threads) {
        thread.join(Patience.LONG.toMillis());
        assertThat(thread.isAlive()).isFalse();
      }
    } finally {
      recorder.otherSent.countDown();
      for (TextClient sender : senders) {
        if (sender != null) {
          sender.close();
        }
      }
      server.close();
    }
  }
}
