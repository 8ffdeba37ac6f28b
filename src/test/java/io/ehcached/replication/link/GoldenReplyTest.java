package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.support.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What stands around every answer, byte for byte. */
class GoldenReplyTest {
  private static final Golden GOLDEN = Golden.of("transport.txt");

  @Test
  void replies_areWrittenAndRead() throws IOException {
    byte[] answer = "ab".getBytes(StandardCharsets.US_ASCII);
    assertThat(CallResult.served(answer)).isEqualTo(GOLDEN.get("reply, served"));
    assertThat(CallResult.decode(GOLDEN.get("reply, served"))).isEqualTo(answer);

    assertThat(CallResult.failed("why not")).isEqualTo(GOLDEN.get("reply, failed"));
    assertThatThrownBy(() -> CallResult.decode(GOLDEN.get("reply, failed")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the peer says: why not");

    assertThat(CallResult.otherVersion("why not")).isEqualTo(GOLDEN.get("reply, other version"));
    assertThatThrownBy(() -> CallResult.decode(GOLDEN.get("reply, other version")))
        .isInstanceOf(OtherVersionException.class)
        .hasMessage("the peer says: why not");
  }
}
