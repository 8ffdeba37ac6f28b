package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of arguments for memcached that charts, compose files, units and roles in public use pass
 * on: each is taken as it is, or refused in one line that says what to write.
 */
class OthersArgumentsTest {
  private static final long MB = 1024 * 1024;

  /** Arguments, each a word, and where they are from. */
  record Passed(String from, List<String> words) {
    @Override
    public String toString() {
      return from + " " + words;
    }
  }

  private static Passed passed(String from, String... words) {
    return new Passed(from, List.of(words));
  }

  static Stream<Passed> taken() {
    return Stream.of(
        passed(
            "Loki's chart, chunks-cache",
            "-m 8192",
            "--extended=modern,track_sizes",
            "-I 5m",
            "-c 16384",
            "-v",
            "-u 11211"),
        passed(
            "Loki's chart, with a disk",
            "-m 8192",
            "--extended=modern,track_sizes,ext_path=/data/file:9G,ext_wbuf_size=16",
            "-I 5m",
            "-c 16384",
            "-v",
            "-u 11211"),
        passed(
            "Mimir's chart, with extraArgs",
            "-m 512",
            "-o",
            "modern",
            "-I 1m",
            "-c 16384",
            "-v",
            "-u 11211",
            "-t 8",
            "-U 0"),
        passed("Grafana's jsonnet library", "-m 1024", "-I 5m", "-c 1024", "-v"),
        passed(
            "Loki's documents", "--memory-limit=4096", "--max-item-size=2m", "--conn-limit=1024"),
        passed("Flux's memcached", "-m 512", "-I 5m", "-p 11211"),
        passed("the stable/memcached chart", "memcached", "-m 64", "-o", "modern", "-v"),
        passed("its extraArgs", "memcached", "-m 1024", "-o", "modern", "-I 2m", "-k"),
        passed(
            "Bitnami's image",
            "-u",
            "memcached",
            "-p",
            "11211",
            "-v",
            "-l",
            "0.0.0.0",
            "-m",
            "1024",
            "-c",
            "2048",
            "-t",
            "4",
            "-I",
            "128m"),
        passed(
            "Bitnami's image, with TLS",
            "-u",
            "memcached",
            "-p",
            "11211",
            "-v",
            "-Z",
            "-o",
            "ssl_chain_cert=/certs/tls.crt",
            "-o",
            "ssl_key=/certs/tls.key",
            "-o",
            "ssl_ca_cert=/certs/ca.crt",
            "-o",
            "ssl_verify_mode=2"),
        passed("Zammad's compose file", "memcached", "-m", "256M"),
        passed("Docker's memcached", "memcached", "-m", "64"),
        passed("Docker's documents", "--conn-limit=1024", "--memory-limit=64", "--threads=4"),
        passed("Sentry's compose file", "-I", "1M"),
        passed("a compose file for Django", "memcached", "-m", "256", "-I", "8m"),
        passed("Immich's neighbour", "memcached", "-vv", "--max-item-size=32m"),
        passed(
            "OpenStack's kolla",
            "-v",
            "-l",
            "0.0.0.0",
            "-p",
            "11211",
            "-c",
            "5000",
            "-U",
            "0",
            "-m",
            "256"),
        passed(
            "Fedora's memcached.service",
            "-p",
            "11211",
            "-u",
            "memcached",
            "-m",
            "64",
            "-c",
            "1024",
            "-l",
            "127.0.0.1,::1"),
        passed(
            "a unit with a unix socket",
            "-u",
            "apache",
            "-p",
            "11211",
            "-m",
            "64",
            "-c",
            "1024",
            "-s",
            "/var/www/memcached.sock",
            "-a",
            "0770",
            "-U",
            "0"),
        passed("a hoster's advice", "-l", "0", "-U", "0", "-o", "modern"),
        passed(
            "geerlingguy.memcached",
            "-d",
            "-t",
            "4",
            "-m",
            "64",
            "-p",
            "11211",
            "-u",
            "memcache",
            "-l",
            "127.0.0.1",
            "-c",
            "1024",
            "-I",
            "1m"),
        passed(
            "a Puppet module",
            "-m",
            "950",
            "-t",
            "1",
            "-p",
            "11211",
            "-l",
            "127.0.0.1",
            "-L",
            "-X",
            "-o lru_crawler,lru_maintainer"),
        passed(
            "a benchmark",
            "-c",
            "32768",
            "-m",
            "32000",
            "-b",
            "32768",
            "-o",
            "hashpower=28,no_hashexpand,no_lru_crawler,no_lru_maintainer,idle_timeout=0"),
        passed("Testcontainers", "memcached", "--listen=0.0.0.0", "--port=11211", "-M"),
        passed(
            "memcached's own help",
            "-l",
            "proto[ascii]:tag[services]:127.0.0.1:11211,proto[ascii]:tag_tools_:127.0.0.1:11212"));
  }

  @ParameterizedTest
  @MethodSource
  void taken(Passed passed) throws UsageException {
    ServerOptions options = parse(passed.words().toArray(String[]::new));

    assertThat(options.action()).isEqualTo(ServerOptions.Action.RUN);
    assertThat(options.warnings()).allMatch(warning -> warning.startsWith("no effect here: "));
  }

  static Stream<Passed> refused() {
    return Stream.of(
        passed("-S needs to know the users; name a file", "-S", "-m", "32"),
        passed(
            "'>> /var/log/memcached.log 2>&1' redirects nothing, since no shell reads it;"
                + " write --log-file /var/log/memcached.log",
            "-p",
            "11211",
            "-u",
            "memcached",
            "-l",
            "127.0.0.1",
            ">>",
            "/var/log/memcached.log",
            "2>&1"),
        passed(
            "'ssl_key=/k.pem' is no option; leave it out, or",
            "-Z",
            "-o",
            "ssl_chain_cert=/c.pem",
            "ssl_key=/k.pem"),
        passed("-m (megabytes) cannot be '64 -c 1024'; write a number", "-m 64 -c 1024"),
        passed("-m (megabytes) cannot be '65536k'; write a number", "-m", "65536k"),
        passed("-o expirezero_does_not_evict: there is no such", "-o expirezero_does_not_evict"),
        passed("-o proxy_config: requests are not passed on", "-o", "proxy_config=/routes.lua"),
        passed("-l mtls:127.0.0.1: mtls: needs TLS; write -Z", "-l", "mtls:127.0.0.1"),
        passed(
            "-l mtls:h: mtls: requires certificates of clients",
            "-Z",
            "-o",
            "ssl_chain_cert=/c.pem",
            "-l",
            "mtls:h"),
        passed(
            "-l btls:h: btls: asks clients for no certificate",
            "-Z",
            "-o",
            "ssl_chain_cert=/c.pem,ssl_verify_mode=2,ssl_ca_cert=/a.pem",
            "-l",
            "btls:h"),
        passed("-l proto[proxy]: cannot be served; write", "-l", "proto[proxy]:127.0.0.1"),
        passed("--nosuch: there is no such option; leave it out", "--nosuch"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Passed passed) {
    assertThatThrownBy(() -> parse(passed.words().toArray(String[]::new)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.text()).startsWith("ehcached: " + passed.from()).hasLineCount(1));
  }

  @Test
  void anOptionAndItsValueInOneWord_areBothRead() throws UsageException {
    ServerOptions options =
        parse("-m 8192", "-I 5m", "-c 16384", "-U 0", "-l  127.0.0.1", "--threads 8", "-o modern");

    assertThat(options.memory().limit()).hasValue(8192 * MB);
    assertThat(options.memory().maxItemSize()).isEqualTo(5 * (int) MB);
    assertThat(options.connections().max()).isEqualTo(16384);
    assertThat(options.network().listen()).containsExactly(ListenAddress.DEFAULT);
    assertThat(options.network().threads()).isEqualTo(8);
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void memoryLimit_isTakenWithAUnit() throws UsageException {
    for (String size : List.of("64", "64m", "64M", " 64")) {
      assertThat(parse("-m", size).memory().limit()).as(size).hasValue(64 * MB);
    }
    assertThat(parse("-m", "1g").memory().limit()).hasValue(1024 * MB);
    assertThat(parse("--memory-limit=2G").memory().limit()).hasValue(2048 * MB);
  }

  @Test
  void memoryLimitThatIsNone_standsForNone() {
    assertThatThrownBy(() -> parse("-m", "much"))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.options().orElseThrow().memory().limit()).isEmpty());
  }

  @Test
  void listenPrefixes_sayWhatTheAddressesSpeak() throws UsageException {
    String[] tls = {"-Z", "-o", "ssl_chain_cert=c,ssl_verify_mode=2,ssl_ca_cert=a"};
    ServerOptions mutual = parse(tls[0], tls[1], tls[2], "-l", "mtls:a:1,notls:tag[local]:b:2");
    ServerOptions plain = parse("-Z", "-o", "ssl_chain_cert=c", "-l", "btls:proto[binary]:[::1]:5");

    assertThat(mutual.network().listen())
        .extracting(ListenAddress::toString)
        .containsExactly("a:1", "notls:b:2");
    assertThat(plain.network().listen())
        .extracting(ListenAddress::toString)
        .containsExactly("proto[binary]:[::1]:5");
  }

  @Test
  void protocolOfAPrefix_isThatOfItsAddressAlone() throws UsageException {
    ServerOptions.Network network =
        parse("-B", "ascii", "-l", "a,proto[binary]:b;proto[negotiating]:tag_x_:c:5").network();

    assertThat(network.protocol()).isEqualTo(ServerOptions.Protocol.ASCII);
    assertThat(network.listen())
        .extracting(ListenAddress::protocol)
        .containsExactly(
            Optional.empty(),
            Optional.of(ServerOptions.Protocol.BINARY),
            Optional.of(ServerOptions.Protocol.AUTO));
    assertThat(network.listen())
        .extracting(ListenAddress::toString)
        .containsExactly("a", "proto[binary]:b", "proto[negotiating]:c:5");
  }

  private static ServerOptions parse(String... args) throws UsageException {
    return OptionsParser.parse(Map.of(), args);
  }
}
