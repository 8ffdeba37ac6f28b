package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.NotSslRecordException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class HandshakeLogTest {
  private long now = -5;
  private final HandshakeLog log = new HandshakeLog(() -> now);

  @Test
  void failed_tellsOfTheFirst_andThenOfHowMany() {
    assertThat(log.failed("a", new NotSslRecordException("not: 676574")))
        .isEqualTo(
            "no TLS with a: it sends something else;"
                + " clients of this port have to be set up for TLS");
    assertThat(log.failed("b", new SSLHandshakeException("x"))).isNull();
    assertThat(log.failed("c", new SSLHandshakeException("x"))).isNull();

    now += 10_000_000_000L;

    assertThat(log.failed("d", new SSLHandshakeException("x")))
        .isEqualTo("no TLS with d: x (and 2 more since the last such line)");
  }

  @Test
  void failed_keepsAClientsWordsShortAndHarmless() {
    String line = log.failed("a", new SSLHandshakeException("CN=\n\u001b[31m" + "x".repeat(5000)));

    assertThat(line).startsWith("no TLS with a: CN=??[31mxx").hasSizeLessThan(300);
  }
}
