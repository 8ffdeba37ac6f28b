package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CiphersTest {
  private static List<String> of(TlsProvider provider, String... names) throws TlsException {
    assumeTrue(
        provider == TlsProvider.JDK || TlsProvider.best() == provider,
        "no native library of BoringSSL for this machine");
    return Ciphers.of(List.of(names), provider);
  }

  @ParameterizedTest
  @EnumSource
  void of_takesNamesOfOpensslAndOfTheRfcs(TlsProvider provider) throws Exception {
    assertThat(
            of(
                provider,
                "ECDHE-RSA-AES128-GCM-SHA256",
                "ECDHE-ECDSA-CHACHA20-POLY1305",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))
        .containsExactly(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  }

  @ParameterizedTest
  @EnumSource
  void of_whatIsNoSuite_isRefusedWithThoseThatAre(TlsProvider provider) {
    for (String name : List.of("HIGH", "!aNULL", "NOPE", "TLS_NOPE", "AES-128")) {
      assertThatThrownBy(() -> of(provider, name))
          .isInstanceOf(TlsException.class)
          .hasMessageStartingWith("ssl_ciphers: " + name + " is no suite")
          .hasMessageContaining("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aSuiteOfTls13_isRefused(TlsProvider provider) {
    assertThatThrownBy(() -> of(provider, "TLS_AES_128_GCM_SHA256"))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("belongs to TLS 1.3");
  }
}
