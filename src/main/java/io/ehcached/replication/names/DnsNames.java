package io.ehcached.replication.names;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of this machine's hosts file and of DNS, which is asked as {@code resolv.conf} says.
 * Where a host has addresses of both families, only those of the wanted one are told. One thread
 * does it all, from the first question on; only a name that neither knows is asked for in another,
 * of the system's other name services (multicast DNS, say).
 */
public final class DnsNames implements NameService {
  private static final Logger LOG = LoggerFactory.getLogger(DnsNames.class);
  private static final int MAX_TARGETS = 256; // of a service
  private static final long FILE_TTL_SECONDS = 5; // of what no server gave a time for
  private static final int MAX_BYTES = 4096; // of a datagram; longer answers come over TCP

  private final boolean ipv6;
  private final Path resolvConf;
  private final Executor slow;
  private EventLoopGroup group; // null before the first question; guarded by this
  private boolean closed; // guarded by this

  // What follows is touched by the event loop alone.
  private ResolvConf configured;
  private DnsNameResolver resolver;
  private final Set<String> inDns = new HashSet<>();
  private final Map<String, Map<String, List<InetAddress>>> targets = new HashMap<>();

  /**
   * Makes the names as this machine knows them.
   *
   * @param ipv6 which addresses of a host that has both are told
   * @param slow where the system's name service may be waited for
   */
  public DnsNames(boolean ipv6, Executor slow) {
    this(ipv6, slow, Path.of("/etc/resolv.conf"));
  }

  DnsNames(boolean ipv6, Executor slow, Path resolvConf) {
    this.ipv6 = ipv6;
    this.slow = slow;
    this.resolvConf = resolvConf;
  }

  /** Addresses of one host; none, and why. */
  private record Found(List<InetAddress> addresses, long ttlSeconds, Throwable failure) {}

  @Override
  public void ask(String name, Consumer<NameAnswer> then) {
    try {
      EventLoop loop = loop();
      if (loop == null) {
        then.accept(NameAnswer.failed("the node leaves"));
        return;
      }
      loop.execute(() -> guarded(name, loop, then));
    } catch (RejectedExecutionException e) {
      then.accept(NameAnswer.failed("the node leaves"));
    }
  }

  private synchronized EventLoop loop() {
    if (closed) {
      return null;
    }
    if (group == null) {
      group =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("peer-names", true), NioIoHandler.newFactory());
    }
    return group.next();
  }

  private void guarded(String name, EventLoop loop, Consumer<NameAnswer> then) {
    try {
      prepare(loop);
      if (name.startsWith("_")) {
        askService(name, then);
      } else {
        askHost(name, found -> askSystemToo(name, found, then));
      }
    } catch (RuntimeException e) { // a name of which no question can be made, say
      then.accept(NameAnswer.failed(text(e)));
    }
  }

  /** Follows a changed resolv.conf. */
  private void prepare(EventLoop loop) {
    ResolvConf now = ResolvConf.read(resolvConf);
    if (now.equals(configured)) {
      return;
    }
    if (resolver != null) {
      resolver.close();
    }
    configured = now;
    resolver =
        new DnsNameResolverBuilder(loop)
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(new SequentialDnsServerAddressStreamProvider(now.servers()))
            .searchDomains(List.of()) // a question whose records are wanted ignores them
            .queryTimeoutMillis(now.timeoutMillis())
            .maxPayloadSize(MAX_BYTES)
            .hostsFileEntriesResolver((host, types) -> null) // it was asked before
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .build();
  }

  private void askHost(String host, Consumer<Found> then) {
    List<InetAddress> filed = HostsFile.addresses(host, ipv6);
    if (!filed.isEmpty()) {
      then.accept(new Found(filed, FILE_TTL_SECONDS, null));
      return;
    }
    DnsRecordType wanted = ipv6 ? DnsRecordType.AAAA : DnsRecordType.A;
    DnsRecordType other = ipv6 ? DnsRecordType.A : DnsRecordType.AAAA;
    askAddresses(
        host,
        wanted,
        found -> {
          if (found.addresses().isEmpty() && !isSilence(found.failure())) {
            askAddresses(
                host, other, second -> then.accept(second.addresses().isEmpty() ? found : second));
          } else {
            then.accept(found);
          }
        });
  }

  private void askAddresses(String host, DnsRecordType type, Consumer<Found> then) {
    askRecords(
        host,
        type,
        (records, failure) -> {
          List<InetAddress> addresses = new ArrayList<>();
          for (DnsRecord record : records) {
            addAddress(addresses, record);
          }
          then.accept(new Found(addresses, ttl(records), failure));
        });
  }

  private static void addAddress(List<InetAddress> addresses, DnsRecord record) {
    if (record instanceof DnsRawRecord raw) {
      byte[] bytes = new byte[raw.content().readableBytes()];
      raw.content().getBytes(raw.content().readerIndex(), bytes);
      try {
        addresses.add(InetAddress.getByAddress(bytes));
      } catch (UnknownHostException e) {
        LOG.debug("A record of {} is no address", record.name(), e);
      }
    }
  }

  /** Takes the records of an answer, none where it failed; they are released afterwards. */
  private interface Records {
    void accept(List<DnsRecord> records, Throwable failure);
  }

  private void askRecords(String name, DnsRecordType type, Records then) {
    askRecords(configured.candidates(name).iterator(), type, then);
  }

  private void askRecords(Iterator<String> candidates, DnsRecordType type, Records then) {
    askOne(
        candidates.next(),
        type,
        (records, failure) -> {
          if (records.isEmpty() && !isSilence(failure) && candidates.hasNext()) {
            askRecords(candidates, type, then);
          } else {
            then.accept(records, failure);
          }
        });
  }

  private void askOne(String name, DnsRecordType type, Records then) {
    resolver
        .resolveAll(new DefaultDnsQuestion(name, type))
        .addListener(
            done -> {
              @SuppressWarnings("unchecked") // it is what resolveAll returns
              List<DnsRecord> records =
                  done.isSuccess() ? (List<DnsRecord>) done.getNow() : List.of();
              try {
                then.accept(records, done.cause());
              } finally {
                records.forEach(ReferenceCountUtil::release);
              }
            });
  }

  private static long ttl(List<DnsRecord> records) {
    return records.stream().mapToLong(DnsRecord::timeToLive).min().orElse(0);
  }

  private void askSystemToo(String host, Found found, Consumer<NameAnswer> then) {
    if (!found.addresses().isEmpty()) {
      if (found.failure() == null) {
        inDns.add(host);
      }
      then.accept(answer(found));
    } else if (isSilence(found.failure()) || inDns.contains(host)) {
      then.accept(answer(found)); // what the system still remembers of DNS is no answer
    } else {
      slow.execute(() -> then.accept(askSystem(host, found)));
    }
  }

  private NameAnswer askSystem(String host, Found otherwise) {
    try {
      List<InetAddress> all = List.of(InetAddress.getAllByName(host));
      List<InetAddress> wanted =
          all.stream().filter(one -> ipv6 == (one.getAddress().length > 4)).toList();
      return answer(new Found(wanted.isEmpty() ? all : wanted, FILE_TTL_SECONDS, null));
    } catch (UnknownHostException e) {
      return answer(otherwise);
    }
  }

  private static NameAnswer answer(Found found) {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    found.addresses().forEach(one -> addresses.add(new InetSocketAddress(one, 0)));
    return new NameAnswer(
        List.copyOf(addresses),
        found.ttlSeconds(),
        addresses.isEmpty() ? text(found.failure()) : "");
  }

  /** A host and port, as a SRV record names them. */
  private record Target(String host, int port) {}

  private void askService(String name, Consumer<NameAnswer> then) {
    askRecords(
        name,
        DnsRecordType.SRV,
        (records, failure) -> {
          Set<Target> named = new LinkedHashSet<>();
          for (DnsRecord record : records) {
            if (record instanceof DnsRawRecord raw && named.size() < MAX_TARGETS) {
              addTarget(named, raw.content());
            }
          }
          if (named.isEmpty()) {
            then.accept(NameAnswer.failed(text(failure)));
          } else {
            new Targets(name, named, ttl(records), then).ask();
          }
        });
  }

  private static void addTarget(Set<Target> targets, ByteBuf record) {
    if (record.readableBytes() > 6) {
      record.skipBytes(4); // priority and weight: all are peers
      int port = record.readUnsignedShort();
      targets.add(new Target(DefaultDnsRecordDecoder.decodeName(record), port));
    }
  }

  /** The hosts of one answer about a service, whose addresses are asked for. */
  private final class Targets {
    private final String service;
    private final Set<Target> named;
    private final Consumer<NameAnswer> then;
    private final Map<String, List<InetAddress>> known = new HashMap<>();
    private final Map<String, List<InetAddress>> before;
    private long ttl;
    private String error = "";
    private int open;

    Targets(String service, Set<Target> named, long ttl, Consumer<NameAnswer> then) {
      this.service = service;
      this.named = named;
      this.ttl = ttl;
      this.then = then;
      this.before = targets.getOrDefault(service, Map.of());
    }

    void ask() {
      Set<String> hosts = new LinkedHashSet<>();
      named.forEach(target -> hosts.add(target.host()));
      open = hosts.size();
      hosts.forEach(host -> askHost(host, found -> answered(host, found)));
    }

    private void answered(String host, Found found) {
      if (found.addresses().isEmpty()) {
        // As long as the service names it, it is where it was.
        known.put(host, before.getOrDefault(host, List.of()));
        error = host + ": " + text(found.failure());
      } else {
        known.put(host, found.addresses());
        ttl = Math.min(ttl, found.ttlSeconds());
      }
      if (--open == 0) {
        targets.put(service, known);
        Set<InetSocketAddress> all = new LinkedHashSet<>();
        for (Target target : named) {
          known
              .get(target.host())
              .forEach(address -> all.add(new InetSocketAddress(address, target.port())));
        }
        then.accept(new NameAnswer(List.copyOf(all), ttl, error));
      }
    }
  }

  private static boolean isSilence(Throwable failure) {
    return failure != null
        && (DnsNameResolver.isTransportOrTimeoutError(failure)
            || DnsNameResolver.isTransportOrTimeoutError(failure.getCause()));
  }

  private static String text(Throwable failure) {
    if (isSilence(failure)) {
      return "the name server does not answer";
    }
    // Netty does not tell a name that is not known from a server that refuses to answer.
    return failure == null || failure instanceof UnknownHostException
        ? "the name server has no record of it"
        : failure.toString();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (group != null) {
      var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
