package io.ehcached.options;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The options of the command line: memcached's in memcached's order, then ours. The usage and the
 * parser are both made from this list.
 */
enum CommandLineOption {
  PORT("p", "port", "num", "TCP port to listen on; -1 is any free one (default: 11211)"),
  UDP_PORT("U", "udp-port", "num", "UDP port, at loopback addresses (default: 0, off)"),
  UNIX_SOCKET("s", "unix-socket", "file", "unix socket to listen on, in place of TCP"),
  UNIX_MASK("a", "unix-mask", "mask", "access mode of the unix socket, octal (default: 700)"),
  ENABLE_SHUTDOWN("A", "enable-shutdown", null, "let clients stop the node with \"shutdown\""),
  LISTEN(
      "l",
      "listen",
      "addr",
      "addresses to listen on, with commas between or repeated: host,",
      "host:port or [IPv6]:port; 0.0.0.0 is all (default: 127.0.0.1);",
      "memcached's prefixes are accepted: notls: serves one without TLS where",
      "-Z is given; btls: and mtls: ask clients for no certificate, or for",
      "one; proto[NAME]: is -B for one; tag[NAME]: has no effect"),
  DAEMON("d", "daemon", null, "run as a daemon; returns once the node listens"),
  ENABLE_COREDUMPS("r", "enable-coredumps", null, Use.UNUSED),
  USER("u", "user", "name", "user to run as if started by root; otherwise no effect"),
  MEMORY_LIMIT(
      "m",
      "memory-limit",
      "num",
      "what the region may hold, in megabytes, or with m or g, such as 2g",
      "(default: as ehcache.xml says); the JVM's heap follows"),
  DISABLE_EVICTIONS("M", "disable-evictions", null, "a full region refuses, and evicts nothing"),
  CONN_LIMIT("c", "conn-limit", "num", "clients connected at once (default: 1024)"),
  LOCK_MEMORY("k", "lock-memory", null, Use.UNUSED),
  VERBOSE("v", "verbose", null, "log what the node does; -vv its libraries, too; -vvv everything"),
  HELP("h", "help", null, "print this and exit"),
  LICENSE("i", "license", null, "print the licence and exit"),
  VERSION("V", "version", null, "print the version and exit"),
  PIDFILE("P", "pidfile", "file", "file for the process id; removed when the node stops"),
  SLAB_GROWTH_FACTOR("f", "slab-growth-factor", "num", Use.UNUSED),
  SLAB_MIN_SIZE("n", "slab-min-size", "bytes", Use.UNUSED),
  ENABLE_LARGEPAGES("L", "enable-largepages", null, Use.UNUSED),
  PREFIX_DELIMITER(
      "D",
      null,
      "char",
      "delimiter between a key's prefix and the rest (default: \":\");",
      "turns \"stats detail\" on"),
  THREADS("t", "threads", "num", "threads that serve clients (default: 4)"),
  MAX_REQS_PER_EVENT(
      "R",
      "max-reqs-per-event",
      "num",
      "requests of one client before others have a turn (default: 1024)"),
  DISABLE_CAS("C", "disable-cas", null, "show 0 for every cas unique, and compare none"),
  LISTEN_BACKLOG(
      "b", "listen-backlog", "num", "queue of connections not yet accepted (default: 1024)"),
  PROTOCOL("B", "protocol", "name", "ascii, binary or auto (default: auto)"),
  MAX_ITEM_SIZE(
      "I",
      "max-item-size",
      "num",
      "largest item, in bytes or with k or m (default: 1m, from 1k to 1024m)"),
  ENABLE_SASL(
      "S",
      "enable-sasl",
      null,
      "accept SASL PLAIN in the binary protocol; implied by -Y, needs it"),
  DISABLE_FLUSH_ALL("F", "disable-flush-all", null, "refuse \"flush_all\""),
  DISABLE_DUMPING("X", "disable-dumping", null, "refuse to list keys"),
  DISABLE_WATCH("W", "disable-watch", null, "refuse \"watch\""),
  AUTH_FILE(
      "Y",
      "auth-file",
      "file",
      "users; clients have to authenticate in every protocol:",
      "lines user:password, 8 at most; read again when it changes"),
  MEMORY_FILE("e", "memory-file", "file", Use.UNUSED),
  ENABLE_SSL("Z", "enable-ssl", null, "serve clients over TLS; needs ssl_chain_cert, see -o"),
  EXTENDED(
      "o",
      "extended",
      "list",
      "more, with commas between:",
      "maxconns_fast             clients above -c get an error (default)",
      "no_maxconns_fast          clients above -c wait until another leaves",
      "idle_timeout=<seconds>    close a silent client (default: 0, never)",
      "partial_timeout=<seconds> close a client that stops in a command",
      "                          (default: 60; 0: never)",
      "output_timeout=<seconds>  close a client that reads no answers",
      "                          (default: 60; 0: never)",
      "read_buf_mem_limit=<MB>   memory for half commands of all clients",
      "                          (default: an eighth of the heap; 0: any)",
      "resp_obj_mem_limit=<MB>   memory for answers that are not read yet",
      "                          (default: a quarter of direct memory; 0: any)",
      "ssl_chain_cert=<file>     certificate and those above it (PEM)",
      "ssl_key=<file>            its private key (PEM), if in another file",
      "ssl_verify_mode=<num>     clients' certificates: 0 not asked for,",
      "                          (default), 1 checked if shown, 2 or 3 required",
      "ssl_ca_cert=<file>        authorities that must have signed them (PEM)",
      "ssl_ciphers=<list>        suites for TLS 1.2, with colons between",
      "ssl_min_version=<num>     2 is TLS 1.2, 3 is TLS 1.3 (default: 2)",
      "ssl_session_cache         clients that return have shorter handshakes",
      "track_sizes               \"stats sizes\" counts items from the start",
      "watcher_logbuf_size=<kB>  log that may wait for a watcher (default: 256)",
      "worker_logbuf_size=<kB>   log that may wait in a thread (default: 64)",
      "memcached's other names are accepted and have no effect"),
  NAPI_IDS("N", "napi_ids", "num", Use.UNUSED),

  CONFIG(
      null,
      "config",
      "file",
      "the ehcache.xml that names the region and the peers",
      "(default: config/ehcache.xml of the installation)"),
  OPTIONS_FILE(
      null,
      "options-file",
      "file",
      "more options, one a line as in Debian's /etc/memcached.conf;",
      "the command line takes precedence"),
  REGION(
      null, "region", "name", "the region served (default: the only one there is, else memcached)"),
  NAME(
      null,
      "name",
      "name",
      "name of this node in the logs, statistics and metrics of all nodes:",
      "up to 64 letters, digits, dots, hyphens and underscores",
      "(default: the host's name)"),
  CHECK_CONFIG(null, "check-config", null, "check ehcache.xml, print what is in effect and exit"),
  PEER_SECRET(
      null,
      "peer-secret",
      "file",
      "file with the secret by which peers authenticate to each other",
      "(default: secretFile in ehcache.xml, else none)"),
  EXPECT_PEERS(
      null,
      "expect-peers",
      "num",
      "number of other nodes that should be reachable; if there are fewer, the",
      "log, /readyz and a metric report it",
      "(default: expectedPeers in ehcache.xml, else none)"),
  REQUIRE_PEER_AUTH(
      null, "require-peer-auth", null, "do not start unless peers have to authenticate"),
  REQUIRE_PRIVATE_FILES(
      null,
      "require-private-files",
      null,
      "do not start with a secret, password or key in a file that",
      "everybody on this machine can read (default: a warning)"),
  DRAIN_SECONDS(
      null,
      "drain-seconds",
      "num",
      "seconds, at most, for which a node that stops sends its peers what",
      "they do not have yet (default: 10)"),
  LEAVE_DELAY(
      null,
      "leave-delay",
      "num",
      "seconds for which a node that leaves still serves, no longer ready,",
      "so that load balancers notice (default: 0)"),
  ADVERTISE(
      null,
      "advertise",
      "addr",
      "host or host:port at which clients find this node, as told by",
      "\"config get cluster\" (default: where it listens; if that is all",
      "addresses, the one at which peers reach it)"),
  HEAP(
      null,
      "heap",
      "size",
      "the JVM's heap, with k, m or g, such as 2g",
      "(default: what the region needs)"),
  ADMIN_PORT(
      null,
      "admin-port",
      "num",
      "HTTP port with /metrics, /healthz, /readyz, /cluster.json and /drain;",
      "-1 is any free one (default: 0, off)"),
  ADMIN_LISTEN(
      null,
      "admin-listen",
      "host",
      "address of the admin port; anyone who can connect can read it",
      "(default: 127.0.0.1)"),
  ADMIN_HOST(
      null,
      "admin-host",
      "list",
      "host names accepted in requests to the admin port, with commas between,",
      "besides addresses, localhost, this machine's name and --advertise"),
  JMX(null, "jmx", null, "show Ehcache's MBeans to JMX tools on this machine"),
  INSECURE(null, "insecure", null, "serve UDP at addresses that other machines reach, too"),
  LOG_FILE(null, "log-file", "file", "file for the log (default: the terminal; with -d, none)"),
  LOG_LEVEL(
      null,
      "log-level",
      "list",
      "how much is logged: error, warn, info, debug or trace, or of some",
      "alone LOGGER=LEVEL, with commas between: replication=debug",
      "(default: info)"),
  LOG_FORMAT(null, "log-format", "name", "text or json, a line each (default: text)"),
  LOG_CONFIG(null, "log-config", "file", "a logback.xml that configures the log completely"),
  TRANSPORT(null, "transport", "name", "io_uring, epoll, nio or auto (default: auto)");

  /** The builder of an option's description. */
  private static final class Use {
    static final String UNUSED = "has no meaning here; accepted";
  }

  private final String shortName;
  private final String longName;
  private final String argument;
  private final String description;

  CommandLineOption(String shortName, String longName, String argument, String... description) {
    this.shortName = shortName;
    this.longName = longName;
    this.argument = argument;
    this.description = String.join("\n", description);
  }

  /** Returns the key of the option: its letter, else its name. */
  String key() {
    return shortName == null ? longName : shortName;
  }

  /** Returns the option as it is written, {@code -p} or {@code --region}. */
  String shown() {
    return shortName == null ? "--" + longName : "-" + shortName;
  }

  Optional<String> shortName() {
    return Optional.ofNullable(shortName);
  }

  Optional<String> longName() {
    return Optional.ofNullable(longName);
  }

  /** Returns the name of its value, if it takes one. */
  Optional<String> argument() {
    return Optional.ofNullable(argument);
  }

  /** Returns the lines of its description. */
  List<String> description() {
    return description.lines().toList();
  }

  /** Tells whether the option is one of memcached's that has no meaning here. */
  boolean unused() {
    return description.equals(Use.UNUSED);
  }

  /** Returns all options, for commons-cli. */
  static Options all() {
    Options options = new Options();
    for (CommandLineOption one : values()) {
      options.addOption(
          Option.builder(one.shortName)
              .longOpt(one.longName)
              .hasArg(one.argument != null)
              .argName(one.argument)
              .get());
    }
    return options;
  }
}
