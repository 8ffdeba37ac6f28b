package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.options.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that cannot serve clients as they are told to, and say so instead of starting. */
class RefusedStartIT {
  @TempDir Path directory;

  private record Ended(int status, String said) {}

  private static Ended run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), said);
  }

  @Test
  void moreClientsThanOpenFiles() throws Exception {
    Ended ended = run("ulimit -n 400; exec bin/ehcached -p -1 -c 5000");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.said())
        .contains("ehcached: -c 5000: this process may have 400 files open; raise that with ulimit")
        .doesNotContain("\tat ");
  }

  @Test
  void itemsLargerThanHalfTheRegion() throws Exception {
    Ended ended = run("exec bin/ehcached -p -1 -I 256m");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.said())
        .contains("ehcached: -I (largest item) is more than half of what ehcache.xml lets")
        .contains("write at least -m 512")
        .doesNotContain("\tat ");
  }

  @Test
  void udpAtAnAddressThatOthersReach() throws Exception {
    Ended ended = run("exec bin/ehcached -p 0 -U 11211 -l 0.0.0.0");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.said())
        .contains("ehcached: -U 11211 with -l 0.0.0.0: ")
        .contains("--insecure")
        .doesNotContain("\tat ");
  }

  @Test
  void portBelow1024_withoutThePermission() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "not root, or no setpriv: a port below 1024 is not tried as another user");
    int first;
    try (InputStream in = // such a file has to be read at once
        Files.newInputStream(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))) {
      first = Integer.parseInt(new String(in.readNBytes(16), StandardCharsets.UTF_8).strip());
    }
    assumeTrue(first > 81, "this system lets every user listen at port 81");

    for (String option : new String[] {"", "--check-config"}) {
      Ended ended = run("exec setpriv --reuid=nobody --clear-groups bin/ehcached -p 81 " + option);

      assertThat(ended.status()).as(option).isEqualTo(ExitStatus.NO_PERMISSION.code());
      assertThat(ended.said())
          .contains("cannot listen on 127.0.0.1:81: Permission denied; only root may listen at")
          .contains("ports below 1024; write a higher port with -p")
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--check-config"})
  void pidFileThatCannotBeWritten_isFoundBeforeTheRegionIsOpened(String option) throws Exception {
    Ended ended = run("exec bin/ehcached -p -1 -P /no/such/pid " + option);

    assertThat(ended.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ended.said())
        .contains("ehcached: -P /no/such/pid cannot be written (no such directory); write another")
        .doesNotContain("PeerSender", "Bootstrap", "listens on", "Heartbeats");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--check-config"})
  void addressGivenTwice(String option) throws Exception {
    Ended ended = run("exec bin/ehcached -p 11311 -l 127.0.0.1 -l 127.0.0.1 " + option);

    assertThat(ended.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ended.said()).contains("ehcached: -l 127.0.0.1 is given twice; write it once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--check-config"})
  void boundAboveTheMachinesMemory_namesFileAndLine(String option) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            "<ehcache>\n  <cache name='r'\n    maxBytesLocalHeap='900000g'/>\n</ehcache>\n");

    Ended ended = run("exec bin/ehcached -p -1 --config " + file + " " + option);

    assertThat(ended.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(ended.said())
        .contains(
            "ehcached: "
                + file
                + ":3: <cache name=\"r\">: maxBytesLocalHeap=\"900000g\": a region of ")
        .contains(" MB; write a smaller bound");
  }

  @Test
  void udpPortThatSomebodyHas() throws Exception {
    try (DatagramSocket taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Ended ended = run("exec bin/ehcached -p -1 -U " + taken.getLocalPort());

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.said())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for UDP: ")
          .contains("write another port with -U")
          .doesNotContain("\tat ");
    }
  }
}
