package io.ehcached.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reader of the {@code ssl_} names of {@code -o}. */
final class TlsSubOptions {
  private static final String PREFIX = "ssl_";
  private static final String CHAIN_CERT = "ssl_chain_cert";
  private static final String KEY = "ssl_key";
  private static final String KEY_FORMAT = "ssl_keyformat";
  private static final String VERIFY_MODE = "ssl_verify_mode";
  private static final String CA_CERT = "ssl_ca_cert";
  private static final String CIPHERS = "ssl_ciphers";
  private static final String MIN_VERSION = "ssl_min_version";
  private static final String SESSION_CACHE = "ssl_session_cache";
  private static final Set<String> KNOWN =
      Set.of(
          CHAIN_CERT, KEY, KEY_FORMAT, VERIFY_MODE, CA_CERT, CIPHERS, MIN_VERSION, SESSION_CACHE);

  /** Names that tune memcached's implementation of TLS. */
  static final Set<String> UNUSED = Set.of("ssl_wbuf_size", "ssl_kernel_tls");

  private static final int TLS_1_2 = 2;
  private static final int TLS_1_3 = 3;
  private static final int MAX_VERIFY_MODE = 3;

  private final Map<String, String> given = new HashMap<>();

  /** Tells whether a name is one of these, or begins like one. */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * Reads one name and its value.
   *
   * @param value what follows the equals sign, or null
   * @return whether it means something here
   */
  boolean add(String name, String value) throws UsageException {
    if (UNUSED.contains(name)) {
      return false;
    }
    if (!KNOWN.contains(name)) {
      throw ExtendedOptions.unknown(name);
    }
    boolean takesValue = !name.equals(SESSION_CACHE);
    if (takesValue && (value == null || value.isBlank())) {
      throw UsageException.badValue("-o " + name + " needs a value; write " + name + "=<value>");
    }
    given.put(name, value);
    return true;
  }

  /**
   * Returns the options of TLS.
   *
   * @param enabled whether {@code -Z} was given
   * @param warnings takes what a person should know
   * @throws UsageException when it does not fit together, or would leave a node open that somebody
   *     believes to be closed
   */
  Optional<TlsOptions> options(boolean enabled, List<String> warnings) throws UsageException {
    if (!enabled) {
      refuseWithoutTls();
      return Optional.empty();
    }
    if (!given.containsKey(CHAIN_CERT)) {
      throw UsageException.badValue(
          "-Z needs a certificate; write -Z -o ssl_chain_cert=<file>,ssl_key=<file>");
    }
    refuseOtherKeyFormats();
    int verifyMode = number(VERIFY_MODE, 0, MAX_VERIFY_MODE, "2 (clients need a certificate)");
    Optional<Path> caCert = path(CA_CERT);
    if (verifyMode > 0 && caCert.isEmpty()) {
      throw UsageException.badValue(
          "-o ssl_verify_mode="
              + verifyMode
              + " needs the authorities that clients' certificates have to come from;"
              + " write ssl_ca_cert=<file> as well");
    }
    if (verifyMode == 0 && caCert.isPresent()) {
      warnings.add(
          "-o ssl_ca_cert: no client is asked for a certificate;"
              + " write ssl_verify_mode=2 as well to require one");
    }
    return Optional.of(
        new TlsOptions(
            Path.of(given.get(CHAIN_CERT)),
            path(KEY),
            verifyMode,
            caCert,
            ciphers(),
            minVersion(warnings),
            given.containsKey(SESSION_CACHE)));
  }

  private void refuseWithoutTls() throws UsageException {
    if (!given.isEmpty()) {
      throw UsageException.badValue(
          "-o "
              + given.keySet().stream().sorted().findFirst().orElseThrow()
              + " without -Z: TLS is off, and clients would not be safe;"
              + " write -Z as well, or leave it out");
    }
  }

  private void refuseOtherKeyFormats() throws UsageException {
    String format = given.getOrDefault(KEY_FORMAT, "1"); // OpenSSL's SSL_FILETYPE_PEM
    if (!format.equals("1") && !format.equalsIgnoreCase("PEM")) {
      throw UsageException.badValue(
          "-o ssl_keyformat="
              + format
              + ": write ssl_keyformat=PEM, and make such a file of a DER one with:"
              + " openssl pkey -inform DER -in <file> -out <file>");
    }
  }

  private Optional<Path> path(String name) {
    return Optional.ofNullable(given.get(name)).map(Path::of);
  }

  private List<String> ciphers() {
    List<String> names = new ArrayList<>();
    for (String name : given.getOrDefault(CIPHERS, "").split(":", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private int minVersion(List<String> warnings) throws UsageException {
    int version =
        given.containsKey(MIN_VERSION)
            ? number(MIN_VERSION, 0, TLS_1_3, "2 (TLS 1.2) or 3 (TLS 1.3)")
            : TLS_1_2;
    if (version < TLS_1_2) {
      warnings.add(
          "-o ssl_min_version="
              + version
              + ": TLS 1.0 and 1.1 are not spoken any more (RFC 8996); clients need TLS 1.2");
      return TLS_1_2;
    }
    return version;
  }

  private int number(String name, int least, int max, String example) throws UsageException {
    return Numbers.integer("-o " + name, given.getOrDefault(name, "0"), least, max, example);
  }
}
