package io.ehcached.options;

import io.ehcached.options.ServerOptions.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may precede an address of {@code -l} in memcached 1.6.45: {@code notls:}, {@code btls:} or
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

  /** Returns the prefixes of all addresses that were given, and notes what is wrong with them. */
  static List<ListenPrefix> all(Given given, Optional<TlsOptions> tls) {
    List<ListenPrefix> all = new ArrayList<>();
    for (String list : given.all(CommandLineOption.LISTEN)) {
      for (String one : list.split("[,;]", -1)) {
        ListenPrefix prefix = of(one.strip());
        all.add(prefix);
        prefix.check(one.strip(), given, tls);
      }
    }
    return all;
  }

  private void check(String text, Given given, Optional<TlsOptions> options) {
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

  /**
   * Returns the protocol that all addresses are to speak.
   *
   * @param general what {@code -B} says
   */
  static Protocol protocol(List<ListenPrefix> prefixes, Protocol general, Given given) {
    List<Protocol> wanted = new ArrayList<>();
    for (ListenPrefix prefix : prefixes) {
      Protocol one = prefix.protocol == null ? general : PROTOCOLS.get(prefix.protocol);
      if (one == null) {
        given.fault(
            "-l proto["
                + prefix.protocol
                + "]: cannot be served; write proto[ascii], proto[binary] or proto[negotiating]");
      } else if (!wanted.contains(one)) {
        wanted.add(one);
      }
    }
    if (wanted.size() > 1) {
      given.fault(
          "-l proto[...]: all addresses of a node speak the same protocols; write the same"
              + " proto[...] before each, or -B auto instead of it, which serves all protocols");
    }
    return wanted.isEmpty() ? general : wanted.get(0);
  }
}
