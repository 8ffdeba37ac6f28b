package io.ehcached.options;

import io.ehcached.options.ServerOptions.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prefix of an address of {@code -l}, as in memcached 1.6.45: {@code notls:}, {@code btls:} or
 * {@code mtls:}, then {@code proto[NAME]:}, then a tag, which only memcached's proxy reads.
 *
 * @param tls the word before the first colon: no TLS, no client certificates, or required ones;
 *     empty where nothing is said
 * @param protocol the name in {@code proto[NAME]:}; null where nothing is said
 * @param rest what follows: the address
 */
record ListenPrefix(String tls, String protocol, String rest) {
  static final String NOTLS = "notls";

  private static final Map<String, Protocol> PROTOCOLS =
      Map.of(
          "ascii", Protocol.ASCII,
          "binary", Protocol.BINARY,
          "negotiating", Protocol.AUTO);
  private static final int CLIENTS_NEED_CERTIFICATES = 2;
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(notls|btls|mtls):)?(?:proto\\[([^\\]]*)\\]:)?(?:tag(?:\\[[^\\]]{1,8}\\]|_[^_]{1,8}_):)?"
              + "(.*)");

  static ListenPrefix of(String text) {
    Matcher parts = PARTS.matcher(text);
    return parts.matches()
        ? new ListenPrefix(
            parts.group(1) == null ? "" : parts.group(1), parts.group(2), parts.group(3))
        : new ListenPrefix("", null, text); // with a line end in it, which is no address either
  }

  /** Returns the prefix that asks for a protocol. */
  static String of(Protocol protocol) {
    String name =
        PROTOCOLS.entrySet().stream()
            .filter(entry -> entry.getValue() == protocol)
            .findFirst()
            .orElseThrow()
            .getKey();
    return "proto[" + name + "]:";
  }

  /** Records the mistakes in the prefixes of all addresses given. */
  static void check(Given given, Optional<TlsOptions> tls) {
    for (String list : given.all(CommandLineOption.LISTEN)) {
      for (String one : list.split("[,;]", -1)) {
        ListenPrefix prefix = of(one.strip());
        prefix.checkTls(one.strip(), given, tls);
        prefix.checkProtocol(given);
      }
    }
  }

  /** Returns the protocol of the prefix; empty when {@code -B} decides. */
  Optional<Protocol> speaks() {
    return Optional.ofNullable(protocol).map(PROTOCOLS::get);
  }

  private void checkProtocol(Given given) {
    if (protocol != null && !PROTOCOLS.containsKey(protocol)) {
      given.fault(
          "-l proto["
              + protocol
              + "]: cannot be served; write proto[ascii], proto[binary] or proto[negotiating]");
    }
  }

  private void checkTls(String text, Given given, Optional<TlsOptions> options) {
    if (tls.isEmpty()) {
      return;
    }
    String what = "-l " + text + ": " + tls + ": ";
    if (!given.has(CommandLineOption.ENABLE_SSL)) {
      given.fault(
          what
              + (tls.equals(NOTLS) ? "makes an exception from -Z" : "needs TLS")
              + "; write -Z, or leave "
              + tls
              + ": out");
    } else if (options.isPresent()) { // else that is wrong by itself
      int mode = options.get().verifyMode();
      if (tls.equals("mtls") && mode < CLIENTS_NEED_CERTIFICATES) {
        given.fault(
            what
                + "requires certificates of clients, which is one setting for all addresses;"
                + " write -o ssl_verify_mode=2,ssl_ca_cert=<file>");
      } else if (tls.equals("btls") && mode > 0) {
        given.fault(
            what
                + "asks clients for no certificate, and ssl_verify_mode="
                + mode
                + " asks for one at all addresses; write -o ssl_verify_mode=0, or leave btls: out");
      }
    }
  }
}
