package io.ehcached.config;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.PeerUrl;
import java.net.InetAddress;
import java.util.List;

/**
 * Decides by which host peers know a node: the one that the file names, or the address from which
 * peers are reached where it names none, or one that no other machine can reach.
 */
final class OwnHost {
  static final String LOOPBACK = "127.0.0.1";

  private final LocalNetwork network;
  private final Findings findings;
  private final XmlElement factory;
  private final OwnAddress outward;
  private final boolean remote;
  private final boolean heard;

  /**
   * Makes the decision for one file.
   *
   * @param factory where the file names the host, or should
   * @param outward the address from which peers are reached
   * @param remote whether peers on other machines are listed
   * @param heard whether other machines hear this node's heartbeats
   */
  OwnHost(
      LocalNetwork network,
      Findings findings,
      XmlElement factory,
      OwnAddress outward,
      boolean remote,
      boolean heard) {
    this.network = network;
    this.findings = findings;
    this.factory = factory;
    this.outward = outward;
    this.remote = remote;
    this.heard = heard;
  }

  /**
   * Returns what peers are told.
   *
   * @param said what the file says; null for nothing
   * @param own the URL in the list that can only be this node; or null
   */
  String find(String said, PeerUrl own) {
    return reachable(AddressText.bare(said == null ? unsaid(own) : said(said, own)));
  }

  /** Returns the host, or where its first address is a loopback one, the first that is not. */
  private String reachable(String host) {
    List<InetAddress> all = network.resolve(host);
    return all.isEmpty() || !all.get(0).isLoopbackAddress()
        ? host
        : all.stream()
            .filter(address -> !address.isLoopbackAddress())
            .findFirst()
            .map(AddressText::withoutZone)
            .orElse(host);
  }

  private String said(String said, PeerUrl own) {
    List<InetAddress> addresses = network.resolve(said);
    String instead = orLoopback(outward.address());
    if (addresses.isEmpty()) {
      findings.error(
          factory,
          "hostName",
          "hostName=" + said + " is no address and no known name; write hostName=" + instead);
    } else if (addresses.get(0).isAnyLocalAddress()) {
      findings.error(
          factory,
          "hostName",
          "hostName="
              + said
              + " is every address: write the one at which peers reach this machine, hostName="
              + instead);
    } else if (network.isLoopback(said)) {
      return loopback(said, own);
    }
    return said;
  }

  private String unsaid(PeerUrl own) {
    boolean unreachable = own != null && network.isLoopback(own.host()) && (remote || heard);
    if (own != null && !unreachable) { // a name may come to stand for others as well
      return network.resolve(own.host()).stream()
          .filter(address -> isName(own.host()) && !address.isLoopbackAddress())
          .findFirst()
          .map(AddressText::withoutZone)
          .orElse(own.host());
    }
    if (!remote && !heard) {
      return LOOPBACK;
    }
    if (outward.address() == null) {
      findings.warning(
          factory,
          null,
          "names no hostName, and this machine has no address but loopback; write hostName=...");
    } else if (unreachable) {
      findings.warning(
          factory,
          own.host(),
          "the URL "
              + own
              + " in rmiUrls is this node, but "
              + meaning(own.host())
              + ", which no other machine can reach: peers are told "
              + outward.why()
              + "; write hostName="
              + outward.address()
              + advice(own.host()));
    } else {
      findings.note(
          factory,
          null,
          "names no hostName: peers are told "
              + outward.why()
              + "; to say otherwise write hostName="
              + outward.address());
    }
    return orLoopback(outward.address());
  }

  /** Returns what a loopback address, or a name for one, stands for here. */
  private String meaning(String host) {
    return isName(host)
        ? host + " resolves to " + AddressText.of(network.resolve(host).get(0)) + " here"
        : host + " is a loopback address";
  }

  /** Debian gives a machine without a fixed address its own name at 127.0.1.1. */
  private String advice(String host) {
    return isName(host) && !isPlaceholder(host)
        ? ", or correct the line of " + host + " in /etc/hosts"
        : "";
  }

  private boolean isName(String host) {
    return !new PeerUrl(host, 1, "").hasAddress();
  }

  /** Tells whether a host is what tutorials write where the reader's own address should be. */
  private static boolean isPlaceholder(String host) {
    return host.equals(LOOPBACK) || host.equalsIgnoreCase("localhost");
  }

  private String loopback(String said, PeerUrl own) {
    String wrong =
        "hostName="
            + said
            + (isName(said) && !isPlaceholder(said)
                ? " resolves to " + AddressText.of(network.resolve(said).get(0)) + " here, which is"
                : " is")
            + " an address that no other machine can reach";
    String instead = own == null || network.isLoopback(own.host()) ? outward.address() : own.host();
    boolean meant = isName(said) || isPlaceholder(said); // an address is meant as it is written
    if (instead != null && meant && (remote || (heard && !isPlaceholder(said)))) {
      findings.warning(
          factory,
          "hostName",
          wrong
              + (remote ? ", and rmiUrls name others: " : ": ")
              + instead
              + " is taken in its place; write hostName="
              + instead
              + advice(said));
      return instead;
    }
    if (remote || heard) {
      findings.warning(
          factory,
          "hostName",
          wrong
              + "; write hostName="
              + (instead == null ? "..." : instead)
              + (heard ? ", or timeToLive=0 if this machine is all there is" : ""));
    }
    return isPlaceholder(said) ? LOOPBACK : said;
  }

  private static String orLoopback(String address) {
    return address == null ? LOOPBACK : address;
  }
}
