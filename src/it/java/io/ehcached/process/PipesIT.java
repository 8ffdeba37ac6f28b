package io.ehcached.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.options.ExitStatus;
import io.ehcached.process.Installation.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipe that nobody writes to, in place of each file that a node reads, holds up nobody. */
class PipesIT {
  @TempDir Path directory;

  private Path pipe;

  @BeforeEach
  void makePipe() throws Exception {
    pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(30, SECONDS)).isTrue();
    Files.setPosixFilePermissions(pipe, PosixFilePermissions.fromString("rw-------"));
  }

  private Ran run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.replaceAll(argument -> argument.replace("PIPE", pipe.toString()));
    return Installation.real().run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--options-file PIPE, --options-file PIPE is no regular file; write",
    "-Y PIPE, -Y: PIPE is no file; write",
    "--peer-secret PIPE, is no file: write",
    "--log-config PIPE, --log-config PIPE cannot be used (it is no regular file); write",
    "-Z -o ssl_chain_cert=PIPE, -Z: ssl_chain_cert=PIPE is no regular file; write"
  })
  void pipeThatAnOptionNames_isRefused(String options, String expected) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--check-config"));
    arguments.addAll(List.of(options.split(" ", -1)));

    Ran ran = run(arguments.toArray(String[]::new));

    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.err()).contains(expected.replace("PIPE", pipe.toString()));
  }

  @Test
  void pipeAsConfiguration_isRefused() throws Exception {
    assertThat(run("-p", "-1", "--config", "PIPE").err())
        .contains("error: is a pipe or a device, and is read more than once; name a regular file");
    assertThat(run("--check-config", "--config", "PIPE").status())
        .isEqualTo(ExitStatus.WRONG_FILE.code());
  }

  @Test
  void pipeThatTheFileNames_isRefused() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            """
            <ehcache>
              <cacheManagerPeerProviderFactory
                  class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                  properties="peerDiscovery=manual, hostName=127.0.0.1, port=4567,
                              rmiUrls=//127.0.0.1:4568/r, secretFile=PIPE, tlsPasswordFile=PIPE"/>
              <cache name="r" maxBytesLocalHeap="1m">
                <cacheEventListenerFactory
                    class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
              </cache>
            </ehcache>
            """
                .replace("PIPE", pipe.toString()));

    Ran ran = run("--check-config", "--config", file.toString());

    assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_FILE.code());
    assertThat(ran.out())
        .contains("secretFile=" + pipe + " is no file; write", "tlsPasswordFile=" + pipe);
  }
}
