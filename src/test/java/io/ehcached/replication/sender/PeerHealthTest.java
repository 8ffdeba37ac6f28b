package io.ehcached.replication.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.RegionAbsentException;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Serving;
import io.ehcached.support.CapturedLog;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerHealthTest {
  private static final String URL = "//10.0.0.2:4567/memcached (cache-2)";

  private final CapturedLog log = CapturedLog.of("io.ehcached.replication");
  private final MovedClock clock = new MovedClock();
  private final PeerCounts counts = new PeerCounts();
  private final PeerHealth health = new PeerHealth(() -> URL, clock, counts, new PendingAcks());

  private static final class MovedClock implements Environment {
    long millis = 1_000_000;

    @Override
    public long wallMillis() {
      return millis;
    }

    @Override
    public long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long random() {
      return 4;
    }

    @Override
    public SerialExecutor executor(String name) {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void absentAfter(long seconds) {
    clock.millis += seconds * 1000;
    health.failed(new RegionAbsentException());
  }

  @Test
  void regionThatIsNotOpenYet_isNoFailure() {
    absentAfter(0);
    absentAfter(29);
    assertThat(health.state()).isEqualTo(PeerState.CONNECTING);
    assertThat(health.lastError()).isEmpty();
    assertThat(counts.errors.sum()).isZero();
    assertThat(log.with("")).isEmpty();
  }

  @Test
  void regionThatStaysAbsent_isOne() {
    absentAfter(0);
    absentAfter(31);
    assertThat(health.state()).isEqualTo(PeerState.DOWN);
    assertThat(health.lastError()).isEqualTo("there is no such region there");
    assertThat(log.with("WARN"))
        .containsExactly(
            "WARN Peer " + URL + " is down (was connecting): there is no such region there");
  }

  @Test
  void peerThatStartsAnew_keepsTheReasonForWhichItWentDown() {
    health.failed(new IOException("Connection refused"));
    absentAfter(5);
    assertThat(health.state()).isEqualTo(PeerState.DOWN);
    assertThat(health.lastError()).isEqualTo("Connection refused");
    absentAfter(31);
    assertThat(health.lastError()).isEqualTo("there is no such region there");
  }

  private static Hello hello(long incarnation) {
    return new Hello(incarnation, 0, false, false, true, 0, -1, Serving.NONE, null);
  }

  @Test
  void peerThatTellsThatItStops_isNoFailure_untilAnotherProcessIsThere() {
    health.reached(hello(7));
    health.stopping(7);
    health.reached(hello(7)); // an answer that was under way
    health.failed(new IOException("it hung up"));
    health.timedOut();
    assertThat(health.state()).isEqualTo(PeerState.STOPPED);
    assertThat(health.lastError()).isEmpty();
    assertThat(log.with("WARN")).isEmpty();
    assertThat(log.with("INFO Peer " + URL + " is stopped (was live): it was told to stop"))
        .hasSize(1);

    health.reached(hello(8));
    assertThat(health.state()).isEqualTo(PeerState.LIVE);
    health.failed(new IOException("it hung up"));
    assertThat(health.state()).isEqualTo(PeerState.DOWN);
    assertThat(log.with("WARN")).hasSize(1);
  }
}
