package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LinkSocketTest {
  private static final byte PING = 0x52;
  private static final byte PING_ACK = 0x53;
  private static final byte CALL = 0x50;

  @Test
  void ping_isAnsweredHereOnlyWhenThePeerHasJustAnswered() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LinkSocket socket = new LinkSocket(null, 10_000, null, () -> false)) {
      socket.connect(server.getLocalSocketAddress());
      try (Socket peer = server.accept()) {
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        out.write(PING);
        assertThat(peer.getInputStream().read()).isEqualTo(PING);

        boolean answeredHere = false;
        for (int i = 0; i < 100 && !answeredHere; i++) { // unless this machine stands still
          peer.getOutputStream().write(i);
          assertThat(in.read()).isEqualTo(i);
          out.write(new byte[] {PING}, 0, 1);
          out.write(new byte[] {CALL, PING}, 0, 2);
          int first = peer.getInputStream().read();
          answeredHere = first == CALL;
          if (answeredHere) {
            assertThat(in.read(new byte[8], 0, 8)).isEqualTo(1);
          } else {
            assertThat(first).isEqualTo(PING);
            assertThat(peer.getInputStream().read()).isEqualTo(CALL);
          }
          assertThat(peer.getInputStream().read()).isEqualTo(PING);
        }
        assertThat(answeredHere).isTrue();

        out.write(new byte[] {PING}, 0, 1); // what was said before was no answer
        assertThat(peer.getInputStream().read()).isEqualTo(PING);
        peer.getOutputStream().write(PING_ACK);
        assertThat(in.read()).isEqualTo(PING_ACK);
      }
    }
  }
}
