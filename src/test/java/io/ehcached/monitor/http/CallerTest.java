package io.ehcached.monitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "::1,       ::1,       true",
    "10.0.0.5,  10.0.0.5,  true",
    "10.0.0.6,  10.0.0.5,  false",
    "10.0.0.5,  127.0.0.1, false",
  })
  void thisMachine_isKnownByItsAddresses(String remote, String local, boolean own) {
    Caller caller =
        new Caller(new InetSocketAddress(remote, 1), new InetSocketAddress(local, 2), false);

    assertThat(caller.isOnThisMachine()).isEqualTo(own);
  }
}
