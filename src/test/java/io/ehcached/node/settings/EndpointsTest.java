package io.ehcached.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.OptionsParser;
import io.ehcached.options.UsageException;
import io.ehcached.server.Protocols;
import io.ehcached.server.TcpEndpoint;
import io.ehcached.server.UdpEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
  private static List<String> of(String line) throws UsageException {
    return Endpoints.udp(OptionsParser.parse(Map.of(), line.split(" ", -1)).network()).stream()
        .map(UdpEndpoint::address)
        .map(address -> address.getAddress().getHostAddress() + " " + address.getPort())
        .toList();
  }

  private static List<TcpEndpoint> tcp(String line) throws UsageException {
    return Endpoints.tcp(
        OptionsParser.parse(Map.of(), line.split(" ", -1)).network(), /* tls= */ true);
  }

  @Test
  void eachAddressOfL_hasItsPortAndProtocol_andTlsUnlessItSaysOtherwise() throws UsageException {
    List<TcpEndpoint> endpoints =
        tcp(
            "-Z -o ssl_chain_cert=c -p 5 -B ascii -l 127.0.0.1 -l notls:127.0.0.2:6 -l proto[binary]:127.0.0.3");

    assertThat(endpoints).extracting(one -> one.address().getPort()).containsExactly(5, 6, 5);
    assertThat(endpoints).extracting(TcpEndpoint::tls).containsExactly(true, false, true);
    assertThat(endpoints)
        .extracting(TcpEndpoint::protocols)
        .containsExactly(Protocols.TEXT, Protocols.TEXT, Protocols.BINARY);
  }

  @Test
  void unixSocketAndPort0_haveNoTcp() throws UsageException {
    assertThat(tcp("-s x")).isEmpty();
    assertThat(tcp("-p 0 -U 1")).isEmpty();
  }

  @Test
  void nothingSaid_isNoUdp() throws UsageException {
    assertThat(of("-p 11211")).isEmpty();
    assertThat(of("-U 0")).isEmpty();
  }

  @Test
  void unixSocket_hasNoUdp() throws UsageException {
    assertThat(of("-s x -U 11211")).isEmpty();
  }

  @Test
  void eachHostOfL_hasTheUdpPort() throws UsageException {
    assertThat(of("-U 1")).containsExactly("127.0.0.1 1");
    assertThat(of("-U 1 -l 127.0.0.2:5,127.0.0.2:6 -l ::1"))
        .containsExactly("127.0.0.2 1", "0:0:0:0:0:0:0:1 1");
    assertThat(of("-U -1")).containsExactly("127.0.0.1 0");
  }

  @Test
  void hostOfL_speaksOverUdpWhatItSpeaksOverTcp() throws UsageException {
    String line = "-U 1 -B ascii -l proto[binary]:127.0.0.2:5,proto[ascii]:127.0.0.2:6 -l ::1";

    assertThat(Endpoints.udp(OptionsParser.parse(Map.of(), line.split(" ", -1)).network()))
        .extracting(UdpEndpoint::protocols)
        .containsExactly(Protocols.BINARY, Protocols.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1,10.0.0.1", "::", "192.168.1.1:11211"})
  void addressThatOthersReach_isRefusedWithTheMend(String list) throws UsageException {
    assertThatThrownBy(() -> of("-U 11211 -l " + list))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-U 11211 with -l ")
        .hasMessageContaining("--insecure");
    assertThat(of("--insecure -U 11211 -l " + list)).isNotEmpty();
  }
}
