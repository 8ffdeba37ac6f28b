package io.ehcached.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The checked options of the command line: memcached's with memcached's meaning and defaults, and
 * ours. {@link OptionsParser} makes one.
 *
 * @param action what to do: run a node, or only say something
 * @param network where and how clients are served
 * @param tls how TLS is spoken with clients ({@code -Z}); empty is not at all
 * @param connections how many clients there may be, and what each may cost
 * @param memory how much is held
 * @param features what clients may do
 * @param running how the node's process lives
 * @param node what the node is among its peers
 * @param observing what is told of the node's work while it works
 * @param admin how operators monitor the node
 * @param warnings what a person should know of the options given: one line each, at most a few
 */
public record ServerOptions(
    Action action,
    Network network,
    Optional<TlsOptions> tls,
    Connections connections,
    Memory memory,
    Features features,
    Running running,
    Node node,
    Observing observing,
    Admin admin,
    List<String> warnings) {

  /** Copies the warnings. */
  public ServerOptions {
    warnings = List.copyOf(warnings);
  }

  /** The actions that a command line can ask for. */
  public enum Action {
    /** Serve clients until stopped. */
    RUN,
    /** Check the configuration and print the settings in effect ({@code --check-config}). */
    CHECK_CONFIG,
    /** Print the usage ({@code -h}). */
    HELP,
    /** Print the version ({@code -V}). */
    VERSION,
    /** Print the licence ({@code -i}). */
    LICENSE
  }

  /** The protocols of a listener ({@code -B}). */
  public enum Protocol {
    /** The one that the client's first byte shows. */
    AUTO,
    /** Text only, {@code ascii}. */
    ASCII,
    /** Binary only. */
    BINARY
  }

  /** Netty's transports for sockets ({@code --transport}). */
  public enum Transport {
    /** The first of the others that is available. */
    AUTO,
    /** Linux's own, of its newer kernels. */
    IO_URING,
    /** Linux's own. */
    EPOLL,
    /** Java's own. */
    NIO
  }

  /**
   * The options of the network: where and how clients are served.
   *
   * @param port the TCP port of each address that names none ({@code -p}); 0 is none, {@link
   *     #ANY_PORT} any that is free
   * @param udpPort the UDP port at each address ({@code -U}); 0 is none, {@link #ANY_PORT} any that
   *     is free
   * @param unixSocket the unix socket's path ({@code -s}); when there, no TCP port is opened
   * @param unixMask the unix socket's access mode ({@code -a}), 0 to 0777
   * @param listen the addresses to listen on ({@code -l}); one at least
   * @param portFile the file that takes the ports which are listened on, from the environment's
   *     {@code MEMCACHED_PORT_FILENAME}
   * @param backlog how many connections may wait to be accepted ({@code -b})
   * @param threads how many threads serve clients ({@code -t})
   * @param protocol which protocols are spoken where an address does not say it ({@code -B})
   * @param insecure whether what would let strangers harm others may be served ({@code --insecure})
   * @param transport what carries the sockets
   */
  public record Network(
      int port,
      int udpPort,
      Optional<Path> unixSocket,
      int unixMask,
      List<ListenAddress> listen,
      Optional<Path> portFile,
      int backlog,
      int threads,
      Protocol protocol,
      boolean insecure,
      Transport transport) {
    /** The port number that means any free port. */
    public static final int ANY_PORT = -1;

    /** Copies the addresses. */
    public Network {
      listen = List.copyOf(listen);
    }

    /** Returns a port as sockets expect it: 0 for {@link #ANY_PORT}. */
    public static int toBind(int port) {
      return port == ANY_PORT ? 0 : port;
    }
  }

  /**
   * The limits of connections.
   *
   * @param max how many may be connected at once ({@code -c})
   * @param fast whether one too many is told so and closed ({@code -o maxconns_fast}), or waits
   *     until another leaves
   * @param idleSeconds after how long without a command a client is closed ({@code -o
   *     idle_timeout}); 0 is never
   * @param partialSeconds after how long a client is closed whose half command does not go on
   *     ({@code -o partial_timeout}); 0 is never
   * @param outputSeconds after how long a client is closed that takes nothing of its answers
   *     ({@code -o output_timeout}); 0 is never
   * @param inputMemory how many bytes half commands of all clients may take together ({@code -o
   *     read_buf_mem_limit}, given in MB); 0 is any number, empty what the heap allows
   * @param outputMemory how many bytes of answers may wait to be taken by all clients together
   *     ({@code -o resp_obj_mem_limit}, given in MB); as {@code inputMemory}
   */
  public record Connections(
      int max,
      boolean fast,
      int idleSeconds,
      int partialSeconds,
      int outputSeconds,
      OptionalLong inputMemory,
      OptionalLong outputMemory) {}

  /**
   * The options of memory.
   *
   * @param limit the region's bound in bytes ({@code -m}, given in MB); empty is what {@code
   *     ehcache.xml} says
   * @param evictions whether a full region makes room by itself, or refuses ({@code -M})
   * @param maxItemSize the most bytes an item may take ({@code -I})
   * @param heap the JVM's heap in bytes ({@code --heap}); empty is what the region needs
   */
  public record Memory(OptionalLong limit, boolean evictions, int maxItemSize, OptionalLong heap) {}

  /**
   * The options that allow or forbid commands.
   *
   * @param shutdown whether {@code shutdown} stops the node ({@code -A})
   * @param flush whether {@code flush_all} is served ({@code -F} forbids it)
   * @param dump whether keys may be listed ({@code -X} forbids it)
   * @param watch whether {@code watch} is served ({@code -W} forbids it)
   * @param cas whether items have a cas unique that clients see ({@code -C} turns it off)
   * @param requestsPerEvent how many requests of one client are carried out before others get their
   *     turn ({@code -R})
   * @param users the file of users who are served ({@code -Y}); empty is everybody
   */
  public record Features(
      boolean shutdown,
      boolean flush,
      boolean dump,
      boolean watch,
      boolean cas,
      int requestsPerEvent,
      Optional<Path> users) {}

  /**
   * The options of the node's process. All but the log is handled by the launcher, {@code
   * bin/ehcached}.
   *
   * @param daemon whether it runs behind the terminal's back ({@code -d})
   * @param user whom to run as ({@code -u})
   * @param pidFile the file that takes the process's id ({@code -P})
   * @param logFile the file that takes the log ({@code --log-file}), else the standard error does
   * @param verbosity how often {@code -v} was given
   * @param logs what is logged, and in which form
   */
  public record Running(
      boolean daemon,
      Optional<String> user,
      Optional<Path> pidFile,
      Optional<Path> logFile,
      int verbosity,
      LogOptions logs) {}

  /**
   * The options of replication and the configuration file.
   *
   * @param config the {@code ehcache.xml} ({@code --config})
   * @param configGiven whether the command line named it
   * @param region the region served ({@code --region}); empty is the only one there, else {@code
   *     memcached}
   * @param name of the node, for operators ({@code --name}); empty is its host's
   * @param peerSecret the file with the secret of all peers ({@code --peer-secret}); empty is what
   *     {@code ehcache.xml} says
   * @param expectedPeers how many other nodes should be reachable ({@code --expect-peers}); 0 is
   *     any number, empty what {@code ehcache.xml} says
   * @param requirePeerAuth whether peers must prove themselves ({@code --require-peer-auth})
   * @param requirePrivateFiles whether files with secrets must be closed to others ({@code
   *     --require-private-files})
   * @param drainSeconds how long to hand over, at the most, when stopping ({@code --drain-seconds})
   * @param leaveSeconds how long to serve on when told to leave ({@code --leave-delay})
   * @param advertise the address that clients are told to find the node at ({@code --advertise});
   *     empty is where it listens
   */
  public record Node(
      Path config,
      boolean configGiven,
      Optional<String> region,
      Optional<String> name,
      Optional<Path> peerSecret,
      OptionalInt expectedPeers,
      boolean requirePeerAuth,
      boolean requirePrivateFiles,
      int drainSeconds,
      int leaveSeconds,
      Optional<ListenAddress> advertise) {
    /** The greatest number of peers that can be expected. */
    static final int MAX_PEERS = 255;
  }

  /**
   * The options of statistics, watchers and the log.
   *
   * @param prefixDelimiter where a key's prefix ends, for {@code stats detail} ({@code -D})
   * @param detail whether {@code stats detail} counts from the start
   * @param sizes whether {@code stats sizes} counts from the start ({@code -o track_sizes})
   * @param watcherBytes how much may wait for one watcher ({@code -o watcher_logbuf_size})
   * @param workerBytes how much one thread may have to tell ({@code -o worker_logbuf_size})
   */
  public record Observing(
      char prefixDelimiter, boolean detail, boolean sizes, int watcherBytes, int workerBytes) {}

  /**
   * The options of the admin port.
   *
   * @param port the port of HTTP requests ({@code --admin-port}); 0 is none, {@link
   *     Network#ANY_PORT} any that is free
   * @param listen the address of that port ({@code --admin-listen})
   * @param hosts names by which that port may be asked ({@code --admin-host}), besides the node's
   *     own
   * @param jmx whether Ehcache's MBeans are there ({@code --jmx})
   */
  public record Admin(int port, ListenAddress listen, List<String> hosts, boolean jmx) {
    /** Copies the names. */
    public Admin {
      hosts = List.copyOf(hosts);
    }
  }
}
