package io.ehcached.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The options of {@code -o}: {@code name} or {@code name=value}, separated by commas. The names are
 * those of memcached 1.6; here only a few mean something.
 */
final class ExtendedOptions {
  /** Names that hold for every node, so that they need no warning. */
  private static final Set<String> SILENT = Set.of("", "modern", "no_modern");

  /** The default time for which a client may pause within a request or an answer, in seconds. */
  private static final int PATIENCE = 60;

  private static final long MB = 1024 * 1024;
  private static final int MAX_MB = 1 << 20;

  static final Set<String> UNUSED =
      new HashSet<>(
          Arrays.asList(
              ("hashpower tail_repair_time hash_algorithm no_hashexpand"
                      + " lru_crawler no_lru_crawler lru_crawler_sleep lru_crawler_tocrawl"
                      + " lru_maintainer no_lru_maintainer hot_lru_pct warm_lru_pct hot_max_factor"
                      + " warm_max_factor temporary_ttl"
                      + " slab_reassign no_slab_reassign slab_automove no_slab_automove"
                      + " slab_automove_ratio slab_automove_window slab_automove_freeratio"
                      + " slab_chunk_max slab_sizes no_chunked_items"
                      + " inline_ascii_resp no_inline_ascii_resp inline_ascii_response"
                      + " drop_privileges no_drop_privileges relaxed_privileges sock_cookie_id"
                      + " meta_response_old"
                      + " ext_path ext_page_size ext_wbuf_size ext_threads ext_io_depth"
                      + " ext_item_size ext_item_age ext_low_ttl ext_drop_unread ext_recache_rate"
                      + " ext_compact_under ext_drop_under ext_max_frag ext_max_sleep")
                  .split(" ")));

  private static final int KB = 1024;
  private static final int MAX_KB = Integer.MAX_VALUE / KB;

  private final TlsSubOptions tls = new TlsSubOptions();
  private boolean maxconnsFast = true;
  private int idleTimeout;
  private int partialTimeout = PATIENCE;
  private int outputTimeout = PATIENCE;
  private OptionalLong inputMemory = OptionalLong.empty();
  private OptionalLong outputMemory = OptionalLong.empty();
  private boolean tracksSizes;
  private int watcherKilobytes = 256;
  private int workerKilobytes = 64;
  private final List<String> unused = new ArrayList<>();

  /** Reads one option of {@code -o}; returns null. */
  Void add(String given) throws UsageException {
    String one = given.strip();
    int equals = one.indexOf('=');
    String name = equals < 0 ? one : one.substring(0, equals);
    String value = equals < 0 ? "" : one.substring(equals + 1);
    switch (name) {
      case "maxconns_fast" -> maxconnsFast = true;
      case "no_maxconns_fast" -> maxconnsFast = false;
      case "idle_timeout" -> idleTimeout = seconds(name, value);
      case "partial_timeout" -> partialTimeout = seconds(name, value);
      case "output_timeout" -> outputTimeout = seconds(name, value);
      case "read_buf_mem_limit" -> inputMemory = megabytes(name, value);
      case "resp_obj_mem_limit" -> outputMemory = megabytes(name, value);
      case "track_sizes" -> tracksSizes = true;
      case "watcher_logbuf_size" -> watcherKilobytes = kilobytes(name, value);
      case "worker_logbuf_size" -> workerKilobytes = kilobytes(name, value);
      default -> {
        if (!TlsSubOptions.isOne(name)) {
          other(name);
        } else if (!tls.add(name, value)) {
          unused.add("-o " + name);
        }
      }
    }
    return null;
  }

  private static int seconds(String name, String value) throws UsageException {
    return Numbers.integer("-o " + name + " (seconds)", value, 0, Integer.MAX_VALUE, name + "=60");
  }

  private static OptionalLong megabytes(String name, String value) throws UsageException {
    return OptionalLong.of(
        MB * Numbers.integer("-o " + name + " (megabytes)", value, 0, MAX_MB, name + "=64"));
  }

  private static int kilobytes(String name, String value) throws UsageException {
    return Numbers.integer("-o " + name + " (kilobytes)", value, 1, MAX_KB, name + "=64");
  }

  private void other(String name) throws UsageException {
    if (SILENT.contains(name)) {
      return;
    }
    if (name.startsWith("proxy_")) {
      throw UsageException.badValue(
          "-o "
              + name
              + ": requests are not passed on to other servers; leave it out, and name peers, which"
              + " hold the same items, in ehcache.xml (see --config)");
    }
    if (!UNUSED.contains(name)) {
      throw unknown(name);
    }
    unused.add("-o " + name);
  }

  /** Returns the mistake of a name that memcached 1.6 does not have either. */
  static UsageException unknown(String name) {
    return UsageException.badValue(
        "-o "
            + name
            + ": there is no such sub-option; leave it out, or write one that ehcached -h lists");
  }

  TlsSubOptions tls() {
    return tls;
  }

  /** Returns the limits of connections, with this maximum. */
  ServerOptions.Connections connections(int max) {
    return new ServerOptions.Connections(
        max, maxconnsFast, idleTimeout, partialTimeout, outputTimeout, inputMemory, outputMemory);
  }

  boolean tracksSizes() {
    return tracksSizes;
  }

  int watcherBytes() {
    return watcherKilobytes * KB;
  }

  int workerBytes() {
    return workerKilobytes * KB;
  }

  /** Returns the options given that have no meaning here, as they are written. */
  List<String> unused() {
    return unused;
  }
}
