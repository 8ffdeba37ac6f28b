package io.ehcached.process;

import io.ehcached.options.ExitStatus;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.netty.channel.epoll.Epoll;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the node behind {@code bin/ehcached}: keeps the launcher's contract as {@link Main}
 * does, tells what it was started with, and opens no port. With {@code STUB_EXIT} in the
 * environment it fails to start, with that status.
 */
final class StubNode {
  private static final Logger LOG = LoggerFactory.getLogger(StubNode.class);

  private StubNode() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      ServerOptions.Running running = OptionsParser.parse(System.getenv(), args).running();
      Readiness.starting(running);
      LOG.info("arguments {}", String.join("|", args));
      LOG.info("user {}", System.getProperty("user.name"));
      LOG.info("heap {} MB", Runtime.getRuntime().maxMemory() >> 20);
      LOG.info("epoll {}", Epoll.isAvailable()); // loads a library, of which later Javas warn
      String exit = System.getenv("STUB_EXIT");
      if (exit != null) {
        System.err.println("ehcached: the port is taken");
        System.exit(Integer.parseInt(exit));
      }
      if (running.pidFile().isPresent()) {
        PidFile pidFile = PidFile.write(running.pidFile().get());
        Runtime.getRuntime().addShutdownHook(new Thread(pidFile::close));
      }
      Signals.on("HUP", () -> LOG.info("told to read again"));
      LOG.info("listening");
      Readiness.started();
      LOG.info("after the start");
      new CountDownLatch(1).await();
    } catch (UsageException e) {
      System.err.println(e.text());
      System.exit(ExitStatus.USAGE.code());
    }
  }
}
