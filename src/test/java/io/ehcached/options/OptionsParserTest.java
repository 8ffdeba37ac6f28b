package io.ehcached.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.ServerOptions.Action;
import io.ehcached.options.ServerOptions.Admin;
import io.ehcached.options.ServerOptions.Connections;
import io.ehcached.options.ServerOptions.Features;
import io.ehcached.options.ServerOptions.Memory;
import io.ehcached.options.ServerOptions.Network;
import io.ehcached.options.ServerOptions.Node;
import io.ehcached.options.ServerOptions.Observing;
import io.ehcached.options.ServerOptions.Protocol;
import io.ehcached.options.ServerOptions.Running;
import io.ehcached.options.ServerOptions.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsParserTest {
  private static final int MB = 1024 * 1024;

  @Test
  void nothingGiven_isMemcachedsDefaultsOnThisMachineAlone() throws UsageException {
    ServerOptions options = parse();

    assertThat(options)
        .isEqualTo(
            new ServerOptions(
                Action.RUN,
                new Network(
                    11211,
                    0,
                    Optional.empty(),
                    0700,
                    List.of(new ListenAddress("127.0.0.1", OptionalInt.empty(), false)),
                    Optional.empty(),
                    1024,
                    4,
                    Protocol.AUTO,
                    false,
                    Transport.AUTO),
                Optional.empty(),
                new Connections(1024, true, 0, 60, 60, OptionalLong.empty(), OptionalLong.empty()),
                new Memory(OptionalLong.empty(), true, MB, OptionalLong.empty()),
                new Features(false, true, true, true, true, 1024, Optional.empty()),
                new Running(
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    LogOptions.standard()),
                new Node(
                    Path.of("config/ehcache.xml"),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    false,
                    false,
                    10,
                    0,
                    Optional.empty()),
                new Observing(':', false, false, 256 * 1024, 64 * 1024),
                new Admin(
                    0,
                    new ListenAddress("127.0.0.1", OptionalInt.empty(), false),
                    List.of(),
                    false),
                List.of()));
  }

  @Test
  void name_hasLettersDigitsAndFewSigns() throws UsageException {
    assertThat(parse("--name", "cache-1.a_B").node().name()).contains("cache-1.a_B");
    assertThatThrownBy(() -> parse("--name", "cache 1"))
        .hasMessageContaining("--name cannot be 'cache 1'; write up to 64 letters");
    assertThatThrownBy(() -> parse("--name", "")).isInstanceOf(UsageException.class);
    assertThat(parse("--name", "a".repeat(64)).node().name()).contains("a".repeat(64));
    assertThatThrownBy(() -> parse("--name", "a".repeat(65))).isInstanceOf(UsageException.class);
  }

  @Test
  void optionsAboutPeers() throws UsageException {
    Node node = parse("--peer-secret", "s", "--require-peer-auth", "--drain-seconds=30").node();

    assertThat(node.peerSecret()).contains(Path.of("s"));
    assertThat(node.requirePeerAuth()).isTrue();
    assertThat(node.requirePrivateFiles()).isFalse();
    assertThat(parse("--require-private-files").node().requirePrivateFiles()).isTrue();
    assertThat(node.drainSeconds()).isEqualTo(30);
    assertThat(parse("--leave-delay=5").node().leaveSeconds()).isEqualTo(5);
    assertThatThrownBy(() -> parse("--drain-seconds", "-1")).isInstanceOf(UsageException.class);
  }

  @Test
  void expectedPeers_areANumber_orWhatTheFileSays() throws UsageException {
    assertThat(parse("--expect-peers=2").node().expectedPeers()).hasValue(2);
    assertThat(parse("--expect-peers", "0").node().expectedPeers()).hasValue(0);
    assertThat(parse().node().expectedPeers()).isEmpty();
    for (String wrong : List.of("-1", "256", "two", "")) {
      assertThatThrownBy(() -> parse("--expect-peers=" + wrong))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--expect-peers");
    }
  }

  @Test
  void adminPort_isOffOrAnyOrOneOfItsOwn() throws UsageException {
    assertThat(parse("--admin-port", "-1").admin().port())
        .isEqualTo(ServerOptions.Network.ANY_PORT);
    assertThat(parse("--admin-port=11280", "--admin-listen=::1", "--jmx").admin())
        .isEqualTo(
            new Admin(
                11280, new ListenAddress("::1", OptionalInt.empty(), false), List.of(), true));
    assertThat(parse("--admin-host", "a.example,b", "--admin-host=c").admin().hosts())
        .containsExactly("a.example", "b", "c");
    assertThatThrownBy(() -> parse("--admin-host=a:1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("write a host's name without a port");
    assertThat(parse("--admin-port=11211", "-s", "socket").admin().port()).isEqualTo(11211);
    assertThatThrownBy(() -> parse("--admin-port=11211"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("where clients are served");
    assertThatThrownBy(() -> parse("--admin-listen=10.0.0.1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("write --admin-port");
    for (String bad : List.of("10.0.0.1:80", "notls:10.0.0.1", "a,b", "")) {
      assertThatThrownBy(() -> parse("--admin-port=80", "--admin-listen", bad))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--admin-listen");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-p 11311",
    "-p11311",
    "--port=11311",
    "--port 11311",
    "--por 11311",
    "-p 1 -p 11311",
    "-dp11311",
    "-dvp 11311"
  })
  void port_isReadInEveryWayOfWritingIt(String line) throws UsageException {
    assertThat(parse(line.split(" ", -1)).network().port()).isEqualTo(11311);
  }

  @Test
  void port_minusOneIsAnyFreeOne() throws UsageException {
    assertThat(parse("-p", "-1").network().port()).isEqualTo(Network.ANY_PORT);
    assertThat(parse("-p-1").network().port()).isEqualTo(Network.ANY_PORT);
  }

  @Test
  void options_eachHasItsMeaning() throws UsageException {
    network(Network::udpPort, 0, "-U0", "--udp-port=0");
    network(Network::udpPort, 11212, "-U11212", "--udp-port=11212");
    network(Network::udpPort, Network.ANY_PORT, "-U-1");
    network(Network::insecure, true, "--insecure");
    network(
        Network::unixSocket,
        Optional.of(Path.of("/tmp/a=b")),
        "-s/tmp/a=b",
        "--unix-socket=/tmp/a=b");
    network(Network::unixMask, 0770, "-a770", "-a0770", "--unix-mask=770");
    connections(Connections::max, 5, "-c5", "--conn-limit=5");
    connections(Connections::fast, false, "-ono_maxconns_fast");
    connections(Connections::partialSeconds, 5, "-opartial_timeout=5");
    connections(Connections::outputSeconds, 0, "-ooutput_timeout=0");
    connections(Connections::inputMemory, OptionalLong.of(8L * MB), "-oread_buf_mem_limit=8");
    connections(Connections::outputMemory, OptionalLong.of(0), "-oresp_obj_mem_limit=0");
    network(Network::threads, 2, "-t2", "--threads=2");
    network(Network::backlog, 9, "-b9", "--listen-backlog=9");
    network(Network::protocol, Protocol.ASCII, "-Bascii", "--protocol=ascii");
    network(Network::protocol, Protocol.BINARY, "-Bbinary");
    network(Network::transport, Transport.NIO, "--transport=nio");
    connections(
        Connections::idleSeconds,
        30,
        "-oidle_timeout=30",
        "--extended=modern,maxconns_fast,idle_timeout=30");
    memory(Memory::limit, OptionalLong.of(128L * MB), "-m128", "--memory-limit=128");
    memory(Memory::limit, OptionalLong.of(100_000L * MB), "-m100000");
    memory(Memory::evictions, false, "-M", "--disable-evictions");
    memory(Memory::maxItemSize, 2 * MB, "-I2m", "-I2M", "-I2048k", "--max-item-size=2097152");
    memory(Memory::maxItemSize, 1024, "-I1k", "-I1024");
    memory(Memory::maxItemSize, 1024 * MB, "-I1024m");
    memory(Memory::heap, OptionalLong.of(2L * 1024 * MB), "--heap=2g", "--heap=2048m");
    features(Features::shutdown, true, "-A", "--enable-shutdown");
    features(Features::flush, false, "-F", "--disable-flush-all");
    features(Features::dump, false, "-X", "--disable-dumping");
    features(Features::watch, false, "-W", "--disable-watch");
    features(Features::cas, false, "-C", "--disable-cas");
    features(Features::requestsPerEvent, 20, "-R20", "--max-reqs-per-event=20");
    features(Features::users, Optional.of(Path.of("u")), "-Yu", "--auth-file=u", "-SYu");
    running(Running::daemon, true, "-d", "--daemon");
    running(Running::user, Optional.of("nobody"), "-unobody", "--user=nobody");
    running(Running::pidFile, Optional.of(Path.of("x.pid")), "-Px.pid", "--pidfile=x.pid");
    running(Running::logFile, Optional.of(Path.of("x.log")), "--log-file=x.log");
    running(Running::verbosity, 1, "-v", "--verbose", "-dv");
    running(Running::verbosity, 3, "-vvv", "-vdvv");
    node(Node::config, Path.of("x.xml"), "--config=x.xml");
    node(Node::configGiven, true, "--config=x.xml");
    node(Node::region, Optional.of("users"), "--region=users");
  }

  @ParameterizedTest
  @CsvSource({
    "-h, HELP",
    "--help, HELP",
    "-V, VERSION",
    "--version, VERSION",
    "-i, LICENSE",
    "--license, LICENSE",
    "--check-config, CHECK_CONFIG",
    "-dV, VERSION"
  })
  void actions_areAskedFor(String argument, Action action) throws UsageException {
    assertThat(parse(argument).action()).isEqualTo(action);
  }

  @Test
  void help_isGivenEvenBesideABadValue() throws UsageException {
    assertThat(parse("-c", "0", "-h").action()).isEqualTo(Action.HELP);
  }

  @Test
  void portFile_isTheEnvironments() throws UsageException {
    ServerOptions options = OptionsParser.parse(Map.of("MEMCACHED_PORT_FILENAME", "/tmp/ports"));

    assertThat(options.network().portFile()).contains(Path.of("/tmp/ports"));
  }

  @Test
  void optionsWithoutMeaning_areNamedInOneWarning() throws UsageException {
    ServerOptions options =
        parse(
            "-rkL",
            "-f",
            "1.25",
            "-n48",
            "-e/tmp/x",
            "-N",
            "2",
            "-o",
            "maxconns_fast,hashpower=20,temporary_ttl=3",
            "-o",
            "slab_chunk_max=16384,modern,idle_timeout=1,hashpower=21");

    assertThat(options.warnings())
        .containsExactly(
            "no effect here: -r, -k, -f, -n, -L, -e, -N,"
                + " -o hashpower, -o temporary_ttl, -o slab_chunk_max");
  }

  @Test
  void optionsAboutWhatIsObserved() throws UsageException {
    ServerOptions options =
        parse("-D", "/", "-o", "track_sizes,watcher_logbuf_size=1,worker_logbuf_size=2");

    assertThat(options.observing()).isEqualTo(new Observing('/', true, true, 1024, 2048));
    assertThat(options.warnings()).isEmpty();
    for (String bad : List.of("", "ab", " ", "\u00e4")) {
      assertThatThrownBy(() -> parse("-D", bad))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("-D (delimiter) cannot be '" + bad + "'");
    }
    assertThatThrownBy(() -> parse("-o", "watcher_logbuf_size=0"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("watcher_logbuf_size");
  }

  @Test
  void advertisedAddress_isThatOfAMachine() throws UsageException {
    assertThat(parse("--advertise", "cache1:11311").node().advertise())
        .contains(new ListenAddress("cache1", OptionalInt.of(11311), false));
    assertThat(parse("--advertise=[2001:db8::1]:5").node().advertise())
        .contains(new ListenAddress("2001:db8::1", OptionalInt.of(5), false));
    for (String bad : List.of("0.0.0.0", "::", "", "a|b", "10.0.0.1:x", "notls:10.0.0.1")) {
      assertThatThrownBy(() -> parse("--advertise", bad))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--advertise");
    }
  }

  @Test
  void udpWithUnixSocket_isWarnedOf() throws UsageException {
    assertThat(parse("-U", "11211").warnings()).isEmpty();
    assertThat(parse("-U", "11211", "-s", "x").warnings())
        .singleElement()
        .asString()
        .contains("-U 11211", "-s");
  }

  @Test
  void tls_isWhatTheSubOptionsSay() throws UsageException {
    ServerOptions options =
        parse(
            "-Z",
            "-l",
            "10.0.0.5,notls:127.0.0.1",
            "-o",
            "ssl_chain_cert=c.pem,ssl_key=k.pem,ssl_keyformat=1,idle_timeout=5",
            "-o",
            "ssl_verify_mode=3,ssl_ca_cert=ca.pem,ssl_ciphers=A:B,ssl_min_version=3,ssl_session_cache");

    assertThat(options.tls())
        .contains(
            new TlsOptions(
                Path.of("c.pem"),
                Optional.of(Path.of("k.pem")),
                3,
                Optional.of(Path.of("ca.pem")),
                List.of("A", "B"),
                3,
                true));
    assertThat(options.network().listen())
        .extracting(ListenAddress::notls)
        .containsExactly(false, true);
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void tls_hasDefaults() throws UsageException {
    ServerOptions options = parse("-Z", "-o", "ssl_chain_cert=both.pem");

    assertThat(options.tls())
        .contains(
            new TlsOptions(
                Path.of("both.pem"), Optional.empty(), 0, Optional.empty(), List.of(), 2, false));
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void tlsWithoutACertificate_isRefused() {
    assertThatThrownBy(() -> parse("-Z"))
        .isInstanceOf(UsageException.class)
        .hasMessage("-Z needs a certificate; write -Z -o ssl_chain_cert=<file>,ssl_key=<file>");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'ssl_wbuf_size=64,ssl_kernel_tls',"
        + " 'no effect here: -o ssl_wbuf_size, -o ssl_kernel_tls'",
    "'', ssl_min_version=0, TLS 1.0 and 1.1 are not spoken any more",
    "'', ssl_ca_cert=ca.pem, no client is asked for a certificate",
    "-s node.sock, ssl_keyformat=PEM, a unix socket is served without TLS",
    "-U 11211, ssl_keyformat=PEM, UDP (-U) is served without TLS"
  })
  void tls_whatIsOtherThanExpected_isWarnedOf(String more, String subOptions, String warning)
      throws UsageException {
    String line = "-Z -o ssl_chain_cert=c.pem," + subOptions + " " + more;
    ServerOptions options = parse(line.strip().split(" ", -1));

    assertThat(options.warnings()).singleElement().asString().contains(warning);
    assertThat(options.tls().orElseThrow().minVersion()).isEqualTo(2);
  }

  @Test
  void udpPortAlone_isTheTcpPortAsWell() throws UsageException {
    assertThat(parse("-U", "11311").network().port()).isEqualTo(11_311);
    assertThat(parse("-U", "-1").network().port()).isEqualTo(Network.ANY_PORT);
    assertThat(parse("-U", "0").network().port()).isEqualTo(11_211);
    assertThat(parse("-U", "11311", "-p", "11411").network().port()).isEqualTo(11_411);
  }

  @Test
  void udpAlone_isServed() throws UsageException {
    assertThat(parse("-p", "0", "-U", "11211").network().port()).isZero();
  }

  @Test
  void manyThreads_areWarnedOf() throws UsageException {
    assertThat(parse("-t", "64").warnings()).isEmpty();
    assertThat(parse("-t", "65").warnings()).singleElement().asString().startsWith("-t 65:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p 65536",
        "-p -2",
        "-p x",
        "-p +1",
        "-p 0",
        "-U 65536",
        "-U -2",
        "-a 999",
        "-a rwx",
        "-c 0",
        "-c -1",
        "-c -10",
        "-c 2147483648",
        "-c 99999999999999999999",
        "-t 0",
        "-t -1",
        "-t four",
        "-b 0",
        "-B http",
        "-B ASCII",
        "-I 1000",
        "-I 1023",
        "-I 1g",
        "-I 1025m",
        "-I 1073741825",
        "-I x",
        "-I k",
        "-I -1",
        "-m 0",
        "-m -1",
        "-m 64k",
        "-m 4 -I 3m",
        "--heap 1",
        "--heap 8m",
        "--heap all",
        "--transport udp",
        "-o idle_timeout=x",
        "-o idle_timeout",
        "-o idle_timeout=-1",
        "-o partial_timeout=x",
        "-o output_timeout",
        "-o read_buf_mem_limit=1k",
        "-o resp_obj_mem_limit=-1",
        "-o nosuch",
        "-o nosuch=1",
        "-o modern,nosuch",
        "-o ssl_nosuch",
        "-o ssl_nosuch=1",
        "-o ssl_chain_cert",
        "-o ssl_key=",
        "-o ssl_chain_cert=c",
        "-o ssl_ciphers=HIGH",
        "-Z -o ssl_chain_cert=c,ssl_keyformat=DER",
        "-Z -o ssl_chain_cert=c,ssl_keyformat=2",
        "-Z -o ssl_chain_cert=c,ssl_verify_mode=4",
        "-Z -o ssl_chain_cert=c,ssl_verify_mode=none",
        "-Z -o ssl_chain_cert=c,ssl_verify_mode=2",
        "-Z -o ssl_chain_cert=c,ssl_min_version=4",
        "-Z -o ssl_chain_cert=c,ssl_min_version=tlsv1.3",
        "-l notls:127.0.0.1",
        "-l 999.1.1.1",
        "-l a:b",
        "-l a,",
        "-l [::1",
        "-l 1.2.3.4:65536"
      })
  void badValue_isRefusedInOneLineThatNamesTheOption(String line) {
    String[] args = line.split(" ", -1);
    String option = args[args.length - 2];

    assertThatThrownBy(() -> parse(args))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.text()).startsWith("ehcached: " + option).hasLineCount(1))
        .message()
        .containsAnyOf("write", "give", "needs", "there is no such", "no address", "take");
  }

  @Test
  void regionTooSmallForTheLargestItem_isRefused() {
    assertThatThrownBy(() -> parse("-m", "1"))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("write at least -m 2");
  }

  @Test
  void saslWithoutUsers_isRefused() {
    assertThatThrownBy(() -> parse("-S"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("user:password")
        .hasMessageEndingWith("with -Y");
  }

  @Test
  void udpWithUsers_isRefused() {
    assertThatThrownBy(() -> parse("-U", "11211", "-Y", "users"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("-U 11211: nobody can authenticate over UDP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-R 0", "-R -1", "-R x"})
  void requestsPerEventThatAreNone_areRefused(String line) {
    assertThatThrownBy(() -> parse(line.split(" ", -1)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("-R (requests at once) cannot be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Q", "-x peer", "--nosuch", "--nosuch=1", "-dQ", "extra", "--p 1"})
  void unknownOption_isRefusedInOneLine(String line) {
    assertThatThrownBy(() -> parse(line.split(" ", -1)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.text()).startsWith("ehcached: ").hasLineCount(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-p", "-d -p", "--port", "-p --daemon", "--region", "-vm"})
  void missingValue_isAskedFor(String line) {
    assertThatThrownBy(() -> parse(line.split(" ", -1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("needs a value; write -");
  }

  @Test
  void mistakesOfEveryKind_areToldTogether_withWhatIsUnderstood() {
    String line =
        "--nosuch 7 -p x --log 1 -Q -c --check-config -x peer stray --bogus=1 -U -3 -I --region r -b";

    assertThatThrownBy(() -> parse(line.split(" ", -1)))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> {
              assertThat(e.mistakes())
                  .extracting(mistake -> mistake.split("[ :]", -1)[0])
                  .containsExactlyInAnyOrder(
                      "--log",
                      "-c",
                      "-I",
                      "-b",
                      "--nosuch",
                      "-Q",
                      "-x",
                      "'stray'",
                      "--bogus=1",
                      "-p",
                      "-U");
              assertThat(e.options().orElseThrow().action()).isEqualTo(Action.CHECK_CONFIG);
              assertThat(e.options().orElseThrow().node().region()).contains("r");
            });
  }

  @Test
  void textAskedFor_isNotPrinted_whenAnOptionIsUnknown() {
    assertThatThrownBy(() -> parse("-h", "--nosuch"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--nosuch: there is no such option; ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "-P", "-u", "--config", "--region", "--log-file"})
  void emptyValue_isRefused(String option) {
    assertThatThrownBy(() -> parse(option, " "))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(option + " needs the ");
  }

  private static ServerOptions parse(String... args) throws UsageException {
    return OptionsParser.parse(Map.of(), args);
  }

  private static <T> void network(Function<Network, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.network()), value, ways);
  }

  private static <T> void connections(Function<Connections, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.connections()), value, ways);
  }

  private static <T> void memory(Function<Memory, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.memory()), value, ways);
  }

  private static <T> void features(Function<Features, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.features()), value, ways);
  }

  private static <T> void running(Function<Running, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.running()), value, ways);
  }

  private static <T> void node(Function<Node, T> of, T value, String... ways)
      throws UsageException {
    each(options -> of.apply(options.node()), value, ways);
  }

  private static <T> void each(Function<ServerOptions, T> of, T value, String... ways)
      throws UsageException {
    for (String way : ways) {
      ServerOptions options = parse(way);
      assertThat(of.apply(options)).as(way).isEqualTo(value);
      assertThat(options.warnings()).as(way).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-l|::1|-l|::1", "-l|10.0.0.1,10.0.0.1:11211", "-l|a.example,A.example"})
  void addressTwice_isRefused(String line) {
    assertThatThrownBy(() -> OptionsParser.parse(Map.of(), line.split("\\|", -1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(" is given twice; write it once");
  }

  @Test
  void addressTwice_atAnyFreePort_isTwoPorts() throws UsageException {
    assertThat(
            OptionsParser.parse(
                    Map.of(),
                    "-p",
                    "-1",
                    "-l",
                    "127.0.0.1,notls:127.0.0.1",
                    "-Z",
                    "-o",
                    "ssl_chain_cert=c,ssl_key=k")
                .network()
                .listen())
        .hasSize(2);
  }
}
