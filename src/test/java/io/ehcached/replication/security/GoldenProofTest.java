package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.support.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The proof that peers give each other, byte for byte, as far as it is not drawn at random. */
class GoldenProofTest {
  private static final Golden GOLDEN = Golden.of("transport.txt");
  private static final Secret SECRET = Secret.of("0123456789abcdef");

  private static byte[] nonce(String section) {
    byte[] hello = GOLDEN.get(section);
    return Arrays.copyOfRange(hello, Integer.BYTES, hello.length);
  }

  @Test
  void codes_areAsTheyWere() {
    byte[] client = nonce("proof, asked");
    byte[] server = nonce("proof, answered");

    assertThat(SECRET.code(Secret.Purpose.CLIENT, client, server))
        .isEqualTo(GOLDEN.get("proof, client"));
    assertThat(SECRET.code(Secret.Purpose.SERVER, client, server))
        .isEqualTo(GOLDEN.get("proof, server"));
  }

  @Test
  void firstBytes_sayWhichVersionItIs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] asked = GOLDEN.get("proof, asked");

    assertThatThrownBy(() -> SecretProof.server(SECRET, new ByteArrayInputStream(asked), out))
        .isInstanceOf(PeerProofException.class);
    assertThat(out.toByteArray())
        .startsWith("EHP1".getBytes(StandardCharsets.US_ASCII))
        .hasSameSizeAs(asked);

    asked[3] = '2';
    assertThatThrownBy(() -> SecretProof.server(SECRET, new ByteArrayInputStream(asked), out))
        .isInstanceOf(PeerProofException.class)
        .hasMessageContaining("a version that this node does not know");
  }
}
