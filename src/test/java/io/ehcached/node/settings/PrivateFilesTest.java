package io.ehcached.node.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path directory;

  private Path secret;
  private Path key;

  @BeforeEach
  void write() throws Exception {
    secret = Files.writeString(directory.resolve("secret"), "a secret of many bytes, or of some");
    key = Files.writeString(directory.resolve("key"), "no key");
    mode("rw-r--r--");
  }

  private void mode(String permissions) throws Exception {
    for (Path file : List.of(secret, key)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private List<String> faults(String... arguments) throws Exception {
    ServerOptions options = OptionsParser.parse(Map.of(), arguments);
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            """
            <ehcache>
              <cacheManagerPeerProviderFactory
                  class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                  properties="peerDiscovery=manual, hostName=127.0.0.1, port=4567,
                              rmiUrls=//127.0.0.1:4568/r, secretFile=%s, tlsPasswordFile=%s"/>
              <cache name="r" maxBytesLocalHeap="1m">
                <cacheEventListenerFactory
                    class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
              </cache>
            </ehcache>
            """
                .formatted(secret, key));
    return PrivateFiles.faults(options, NodeConfiguration.read(file, null, 0).peers());
  }

  @Test
  void filesThatEverybodyCanRead_areNamed() throws Exception {
    assertThat(faults())
        .containsExactly(
            "secretFile "
                + secret
                + ": everybody on this machine can read or write it; write: chmod o= "
                + secret,
            "tlsPasswordFile "
                + key
                + ": everybody on this machine can read or write it; write: chmod o= "
                + key);
    assertThat(faults("-Z", "-o", "ssl_chain_cert=" + key, "--peer-secret", secret.toString()))
        .extracting(fault -> fault.split(" ", -1)[0])
        .containsExactlyInAnyOrder("--peer-secret", "ssl_chain_cert,");
    assertThat(faults("-Y", directory.resolve("none").toString())).hasSize(2);
    assertThat(faults("-Y", secret.toString()))
        .extracting(fault -> fault.split(" ", -1)[0])
        .containsExactly("-Y", "tlsPasswordFile");
    assertThat(faults("-Z", "-o", "ssl_chain_cert=/no,ssl_key=" + key))
        .extracting(fault -> fault.split(" ", -1)[0])
        .containsExactlyInAnyOrder("ssl_key", "secretFile");
  }

  @Test
  void filesOfTheUserAndTheGroup_arePrivate() throws Exception {
    mode("rw-r-----");

    assertThat(faults()).isEmpty();
  }

  @Test
  void filesThatEverybodyCanWrite_areNamed() throws Exception {
    mode("rw-----w-");

    assertThat(faults()).hasSize(2);
  }
}
