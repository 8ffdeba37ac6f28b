package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a node takes clients, as {@code -l} says it. */
class ListeningIT {
  private static void assumeIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
      assertThat(socket.isBound()).isTrue();
    } catch (IOException e) {
      assumeTrue(false, "this machine has no ::1: " + e.getMessage());
    }
  }

  private static String ask(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getAllByName(host)[0], port));
      socket.getOutputStream().write("mn\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void allIpv4Addresses_areNoIpv6Address(String transport) throws IOException {
    assumeIpv6();
    assumeTrue(
        Transport.valueOf(transport.toUpperCase(Locale.ROOT)).isAvailable(),
        "this machine has no " + transport);
    try (NodeProcess node = NodeProcess.startAlone("--transport", transport, "-l", "0.0.0.0")) {
      assertThat(ask("127.0.0.1", node.port())).isEqualTo("MN\r\n");
      assertThatThrownBy(() -> ask("::1", node.port())).isInstanceOf(ConnectException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll"})
  void allIpv6Addresses_areNoIpv4Address(String transport) throws IOException {
    assumeIpv6();
    assumeTrue(
        Transport.valueOf(transport.toUpperCase(Locale.ROOT)).isAvailable(),
        "this machine has no " + transport);
    int port = FreePorts.next();
    try (NodeProcess node =
        NodeProcess.startAlone(
            "--transport", transport, "-p", Integer.toString(port), "-l", "0.0.0.0,::")) {
      assertThat(ask("127.0.0.1", port)).isEqualTo("MN\r\n");
      assertThat(ask("::1", port)).isEqualTo("MN\r\n");
      assertThat(node.log()).doesNotContain("ERROR");
    }
  }
}
