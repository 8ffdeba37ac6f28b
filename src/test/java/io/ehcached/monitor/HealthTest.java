package io.ehcached.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.monitor.http.HttpReply;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("looper"), NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private HttpReply check(Iterable<EventExecutor> asked) {
    return Health.check(asked).toCompletableFuture().join();
  }

  @Test
  void allThatAnswer_areWell() {
    await()
        .until(() -> check(loops), HttpReply.text(200, "ok")::equals); // a busy machine may be late
    assertThat(check(List.of()).status()).isEqualTo(200);
  }

  @Test
  void oneThatDoesNotAnswer_isNamed() {
    CountDownLatch stuck = new CountDownLatch(1);
    EventExecutor second = loopsInOrder().get(1);
    second.execute(() -> awaitQuietly(stuck));
    HttpReply reply = check(loops);
    stuck.countDown();

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body())
        .matches("event loop 2 of 2 \\(looper-\\d+-\\d+\\) did not answer within 1000 ms\n");
    await().until(() -> check(loops).status() == 200);
  }

  @Test
  void oneThatHasEnded_isTold() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

    assertThat(check(loops).body()).startsWith("event loop 1 of 2");
  }

  private List<EventExecutor> loopsInOrder() {
    List<EventExecutor> all = new ArrayList<>();
    loops.forEach(all::add);
    return all;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
