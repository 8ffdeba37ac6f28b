package io.ehcached.replication.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How {@code resolv.conf} is understood. */
class ResolvConfTest {
  @Test
  void file_ofAPod_isUnderstood() {
    ResolvConf read =
        ResolvConf.of(
            List.of(
                "# by the kubelet",
                "search default.svc.cluster.local svc.cluster.local cluster.local.",
                "nameserver 10.96.0.10",
                "nameserver fd00::a",
                "options ndots:5 timeout:1 edns0"));

    assertThat(read.servers())
        .containsExactly(
            new InetSocketAddress("10.96.0.10", 53), new InetSocketAddress("fd00::a", 53));
    assertThat(read.search())
        .containsExactly("default.svc.cluster.local", "svc.cluster.local", "cluster.local");
    assertThat(read.ndots()).isEqualTo(5);
    assertThat(read.timeoutMillis()).isEqualTo(1_000);
  }

  @Test
  void fileThatSaysNothing_orIsNotThere_meansThisMachine() {
    ResolvConf read = ResolvConf.read(Path.of("no-such-file"));

    assertThat(read.servers())
        .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    assertThat(read.search()).isEmpty();
    assertThat(read.ndots()).isEqualTo(1);
    assertThat(read.timeoutMillis()).isEqualTo(2_000);
    assertThat(ResolvConf.of(List.of("nameserver", "nameserver of.the.house", "options ndots:x")))
        .isEqualTo(read);
  }

  @Test
  void valuesOutOfBounds_areBounded() {
    ResolvConf read = ResolvConf.of(List.of("options ndots:99 timeout:0", "options timeout:30"));
    assertThat(read.ndots()).isEqualTo(15);
    assertThat(read.timeoutMillis()).isEqualTo(2_000);
    assertThat(ResolvConf.of(List.of("options timeout:0")).timeoutMillis()).isEqualTo(1_000);
  }

  @Test
  void lastListOfDomains_counts() {
    assertThat(ResolvConf.of(List.of("search a b", "domain c")).search()).containsExactly("c");
  }

  @Test
  void nameWithFewDots_isLookedForInTheDomainsFirst() {
    ResolvConf read = ResolvConf.of(List.of("search a.b c", "options ndots:2"));
    assertThat(read.candidates("n")).containsExactly("n.a.b.", "n.c.", "n.");
    assertThat(read.candidates("n.a.b")).containsExactly("n.a.b.", "n.a.b.a.b.", "n.a.b.c.");
    assertThat(read.candidates("n.")).containsExactly("n.");
  }
}
