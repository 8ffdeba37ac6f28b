package io.ehcached.config;

import io.ehcached.replication.link.PeerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code rmiUrls}: the nodes of manual discovery, as this node should see them. */
final class PeerList {
  /** What may stand between URLs. A blank alone may also be a part of a region's name. */
  private static final Pattern ANY_SEPARATOR =
      Pattern.compile("\\s*[|,;][|,;\\s]*|\\s+(?=(rmi:)?//)");

  private final FactoryProperties provider;
  private final Findings findings;

  PeerList(FactoryProperties provider, Findings findings) {
    this.provider = provider;
    this.findings = findings;
  }

  /**
   * Returns the URLs that are well-formed, with the region's name in each.
   *
   * @param region the region served
   * @param defined all regions that the file defines
   */
  List<PeerUrl> read(String region, List<String> defined) {
    List<PeerUrl> urls = new ArrayList<>();
    for (String text : split()) {
      try {
        urls.add(PeerUrl.parse(text));
      } catch (IllegalArgumentException e) {
        findings.error(
            provider.factory(),
            text,
            "the URL " + text + " in rmiUrls is wrong: " + e.getMessage());
      }
    }
    return ofRegion(urls, region, defined);
  }

  private List<String> split() {
    StringBuilder all = new StringBuilder();
    String listed = provider.get("rmiUrls");
    boolean odd =
        listed != null
            && ANY_SEPARATOR.matcher(listed.replaceAll("\\s*\\|\\s*", "|").replace("|", "")).find();
    if (listed != null) {
      all.append(listed);
    }
    for (String name : List.copyOf(provider.names())) {
      if (name.startsWith("//")) { // Ehcache took what stands behind a comma for a property
        odd = true;
        all.append('|').append(name).append(':').append(provider.get(name));
        provider.remove(name);
      }
    }
    if (odd) {
      findings.warning(
          provider.factory(),
          "rmiUrls",
          "the URLs in rmiUrls count as if | stood between them; write rmiUrls="
              + ANY_SEPARATOR.matcher(all.toString().trim()).replaceAll("|"));
    }
    return ANY_SEPARATOR
        .splitAsStream(all.toString().strip())
        .filter(url -> !url.isEmpty())
        .toList();
  }

  private List<PeerUrl> ofRegion(List<PeerUrl> urls, String region, List<String> defined) {
    List<PeerUrl> ours = urls.stream().filter(url -> url.region().equals(region)).toList();
    List<PeerUrl> undefined = urls.stream().filter(url -> !defined.contains(url.region())).toList();
    if (undefined.isEmpty()) {
      if (ours.isEmpty() && !urls.isEmpty()) {
        findings.warning(
            provider.factory(),
            "rmiUrls",
            "no URL in rmiUrls is of the region "
                + region
                + ", so that it has no peers; write "
                + urls.get(0).withRegion(region));
      }
      return ours;
    }
    String name = undefined.get(0).region();
    String wrong = "rmiUrls name the region " + name + ", which the file does not define: ";
    if (undefined.size() == urls.size()) {
      findings.warning(
          provider.factory(),
          name,
          wrong
              + region
              + " is taken in its place; write "
              + urls.get(0).withRegion(region)
              + ", or <cache name=\""
              + name
              + "\" ...>");
      return urls.stream().map(url -> url.withRegion(region)).distinct().toList();
    }
    findings.warning(
        provider.factory(),
        name,
        wrong + "such URLs do nothing; write " + undefined.get(0).withRegion(region));
    return ours;
  }
}
