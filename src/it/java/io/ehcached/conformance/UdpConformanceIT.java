package io.ehcached.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.UdpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same datagrams to Debian's memcached and to our node: each is answered alike. */
class UdpConformanceIT {
  private static final List<String> REQUESTS =
      List.of(
          "set a 5 0 1\r\nx\r\n",
          "get a\r\n",
          "get none\r\n",
          "add a 0 0 1\r\ny\r\n",
          "append a 0 0 2\r\nyz\r\n",
          "get a\r\n",
          "set n 0 0 2\r\n41\r\n",
          "incr n 1\r\n",
          "decr n 50\r\n",
          "touch n 0\r\n",
          "delete n\r\n",
          "delete n\r\n",
          "mg a v f s t k Oabc\r\n",
          "mg none v\r\n",
          "ms b 2\r\nhi\r\n",
          "ma none N0 J13 v\r\n",
          "md b\r\n",
          "mn\r\n",
          "no such command\r\n",
          "verbosity 0\r\n",
          "flush_all\r\n",
          "get a\r\n");

  @Test
  void textAndMeta() throws IOException {
    assumeTrue(Memcached.absence() == null, Memcached.absence());
    List<String> theirs = new ArrayList<>();
    try (Memcached memcached = Memcached.start(List.of("-U", "-1"));
        UdpClient client = new UdpClient(memcached.udpPort())) {
      REQUESTS.forEach(request -> theirs.add(client.ask(request)));
    }
    List<String> ours = new ArrayList<>();
    try (NodeProcess node = NodeProcess.startAlone("-U", "-1");
        UdpClient client = new UdpClient(node.udpPort())) {
      REQUESTS.forEach(request -> ours.add(client.ask(request)));
    }
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void binary() throws IOException {
    assumeTrue(Memcached.absence() == null, Memcached.absence());
    List<String> theirs = new ArrayList<>();
    try (Memcached memcached = Memcached.start(List.of("-U", "-1"));
        UdpClient client = new UdpClient(memcached.udpPort())) {
      binary(client, theirs);
    }
    List<String> ours = new ArrayList<>();
    try (NodeProcess node = NodeProcess.startAlone("-U", "-1");
        UdpClient client = new UdpClient(node.udpPort())) {
      binary(client, ours);
    }
    assertThat(ours).isEqualTo(theirs);
  }

  private static void binary(UdpClient client, List<String> answers) {
    int casAt = 16;
    for (byte[] packet :
        List.of(
            packet(0x0a, "", "", ""), // noop
            packet(0x01, "\0\0\0\7\0\0\0\0", "k", "value"), // set
            packet(0x00, "", "k", ""), // get
            packet(0x0c, "", "k", ""), // getk
            packet(0x00, "", "none", ""),
            packet(0x02, "\0\0\0\7\0\0\0\0", "k", "value"), // add
            packet(0x0e, "", "k", "more"), // append
            packet(0x00, "", "k", ""),
            packet(0x05, "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\5\0\0\0\0", "n", ""), // increment
            packet(0x1c, "\0\0\0\0", "k", ""), // touch
            packet(0x04, "", "k", ""), // delete
            packet(0x04, "", "k", ""))) {
      byte[] answer = client.ask(packet);
      for (int i = casAt; i < casAt + Long.BYTES; i++) {
        answer[i] = 0; // the cas unique is a stamp here
      }
      answers.add(new String(answer, ISO_8859_1));
    }
  }

  private static byte[] packet(int opcode, String extras, String key, String value) {
    String body = extras + key + value;
    String header =
        "\u0080"
            + (char) opcode
            + "\0"
            + (char) key.length()
            + (char) extras.length()
            + "\0\0\0\0\0\0"
            + (char) body.length()
            + "abcd"
            + "\0".repeat(Long.BYTES);
    return (header + body).getBytes(ISO_8859_1);
  }
}
