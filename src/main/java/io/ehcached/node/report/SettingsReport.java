package io.ehcached.node.report;

import io.ehcached.admin.RequestMonitoring;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.TlsOptions;
import io.ehcached.protocol.Stat;
import io.ehcached.server.tls.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code stats settings} shows: memcached's names, as far as they mean something here. */
public final class SettingsReport {
  private static final int TLS_RECORD = 16 * 1024; // RFC 8446, section 5.1

  private SettingsReport() {}

  public static List<Stat> of(
      ServerOptions options,
      long memoryLimit,
      int verbosity,
      RequestMonitoring observation,
      FrontEnd front) {
    ServerOptions.Network network = options.network();
    ServerOptions.Connections connections = options.connections();
    ServerOptions.Features features = options.features();
    List<Stat> settings = new ArrayList<>();
    settings.add(Stat.of("maxbytes", memoryLimit));
    settings.add(Stat.of("maxconns", connections.max()));
    settings.add(Stat.of("tcpport", network.unixSocket().isPresent() ? 0 : network.port()));
    settings.add(Stat.of("udpport", network.unixSocket().isPresent() ? 0 : network.udpPort()));
    settings.add(new Stat("inter", hosts(network)));
    settings.add(Stat.of("verbosity", verbosity));
    settings.add(new Stat("evictions", onOff(options.memory().evictions())));
    settings.add(
        new Stat("domain_socket", network.unixSocket().map(Path::toString).orElse("NULL")));
    settings.add(new Stat("umask", Integer.toOctalString(network.unixMask())));
    settings.add(new Stat("shutdown_command", yesNo(features.shutdown())));
    settings.add(Stat.of("num_threads", network.threads()));
    settings.add(new Stat("stat_key_prefix", String.valueOf(observation.prefixes().delimiter())));
    settings.add(new Stat("detail_enabled", yesNo(observation.prefixes().isOn())));
    settings.add(Stat.of("reqs_per_event", features.requestsPerEvent()));
    settings.add(new Stat("cas_enabled", yesNo(features.cas())));
    settings.add(Stat.of("tcp_backlog", network.backlog()));
    settings.add(
        new Stat(
            "binding_protocol",
            switch (network.protocol()) {
              case AUTO -> "auto-negotiate";
              case ASCII -> "ascii";
              case BINARY -> "binary";
            }));
    settings.add(new Stat("auth_enabled_sasl", yesNo(features.users().isPresent())));
    settings.add(new Stat("auth_enabled_ascii", features.users().map(Path::toString).orElse("no")));
    settings.add(Stat.of("item_size_max", options.memory().maxItemSize()));
    settings.add(new Stat("maxconns_fast", yesNo(connections.fast())));
    // What memcached has and this node does without.
    for (String absent : List.of("slab_reassign", "lru_crawler", "lru_maintainer_thread")) {
      settings.add(new Stat(absent, "no"));
    }
    settings.add(new Stat("flush_enabled", yesNo(features.flush())));
    settings.add(new Stat("dump_enabled", yesNo(features.dump())));
    settings.add(new Stat("watch_enabled", yesNo(features.watch())));
    settings.add(Stat.of("idle_timeout", connections.idleSeconds()));
    settings.add(Stat.of("partial_timeout", connections.partialSeconds()));
    settings.add(Stat.of("output_timeout", connections.outputSeconds()));
    settings.add(Stat.of("watcher_logbuf_size", options.observing().watcherBytes()));
    settings.add(Stat.of("worker_logbuf_size", options.observing().workerBytes()));
    settings.add(Stat.of("read_buf_mem_limit", front.limits().inputMemory()));
    settings.add(Stat.of("resp_obj_mem_limit", front.limits().outputMemory()));
    settings.add(new Stat("track_sizes", yesNo(observation.tracksSizes())));
    settings.add(new Stat("client_flags_size", Integer.toString(Integer.BYTES)));
    settings.add(new Stat("ssl_enabled", yesNo(options.tls().isPresent())));
    front.tls().tls().ifPresent(tls -> addTls(settings, options.tls().orElseThrow(), tls));
    settings.add(new Stat("transport", front.transport().toString()));
    return settings;
  }

  /** Adds what is in effect of TLS, under memcached's names and one of ours. */
  private static void addTls(List<Stat> settings, TlsOptions options, Tls tls) {
    settings.add(new Stat("ssl_chain_cert", options.chainCert().toString()));
    settings.add(new Stat("ssl_key", options.key().map(Path::toString).orElse("NULL")));
    settings.add(Stat.of("ssl_verify_mode", verifyBits(options.verifyMode())));
    settings.add(Stat.of("ssl_keyformat", 1)); // PEM
    settings.add(
        new Stat(
            "ssl_ciphers",
            options.ciphers().isEmpty() ? "NULL" : String.join(":", options.ciphers())));
    settings.add(new Stat("ssl_ca_cert", options.caCert().map(Path::toString).orElse("NULL")));
    settings.add(Stat.of("ssl_wbuf_size", TLS_RECORD));
    settings.add(new Stat("ssl_session_cache", yesNo(tls.resumesSessions())));
    settings.add(new Stat("ssl_kernel_tls", "no"));
    settings.add(new Stat("ssl_min_version", "tlsv1." + options.minVersion()));
    settings.add(new Stat("ssl_provider", tls.provider().toString()));
  }

  /** Returns what memcached shows, which are the bits that OpenSSL has for the mode. */
  private static int verifyBits(int mode) {
    return switch (mode) {
      case 2 -> 3; // SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      case 3 -> 7; // and SSL_VERIFY_CLIENT_ONCE
      default -> mode;
    };
  }

  private static String hosts(ServerOptions.Network network) {
    return network.listen().stream().map(ListenAddress::host).collect(Collectors.joining(","));
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}
