package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.support.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  void codesOfNodesThatBindTheCalledAddressIn_areAsTheyWere() throws Exception {
    Nonce client = new Nonce(nonce("proof 1.1, asked"));
    Nonce server = new Nonce(nonce("proof 1.1, answered"));
    byte[] said = GOLDEN.get("proof 1.1, client");
    byte[] called = Arrays.copyOf(said, 7);

    assertThat(client.isMarkedBy(SECRET)).isTrue();
    assertThat(server.isMarkedBy(SECRET)).isTrue();
    assertThat(SecretProof.encode(new InetSocketAddress("10.0.0.2", 40_001))).isEqualTo(called);
    assertThat(SECRET.code(Secret.Purpose.CLIENT, client.bytes(), server.bytes(), called))
        .isEqualTo(Arrays.copyOfRange(said, 7, said.length));
    assertThat(SECRET.code(Secret.Purpose.SERVER, client.bytes(), server.bytes(), called))
        .isEqualTo(GOLDEN.get("proof 1.1, server"));
  }

  @Test
  void firstBytes_sayWhichVersionItIs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] asked = GOLDEN.get("proof, asked");

    assertThatThrownBy(
            () -> SecretProof.server(SECRET, List.of(), new ByteArrayInputStream(asked), out))
        .isInstanceOf(PeerProofException.class);
    assertThat(out.toByteArray())
        .startsWith("EHP1".getBytes(StandardCharsets.US_ASCII))
        .hasSameSizeAs(asked);

    asked[3] = '2';
    assertThatThrownBy(
            () -> SecretProof.server(SECRET, List.of(), new ByteArrayInputStream(asked), out))
        .isInstanceOf(PeerProofException.class)
        .hasMessageContaining("a version that this node does not know");
  }
}
