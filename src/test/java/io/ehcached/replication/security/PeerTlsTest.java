package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.settings.PeerSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {
  @TempDir Path directory;

  @Test
  void storesThatCannotBeRead_areBothNamed() throws Exception {
    TlsFiles files = new TestStores(directory).files("key", "trust");
    Files.writeString(files.keyStore(), "no store");

    assertThatThrownBy(() -> PeerSecurity.tls(files))
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining("The peers' key store " + files.keyStore() + " cannot be read: ")
        .hasMessageContaining("The peers' trust store " + files.trustStore() + " cannot be read: ");
  }
}
