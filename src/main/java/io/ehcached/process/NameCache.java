package io.ehcached.process;

import java.security.Security;

/**
 * The setting of how long the JVM caches host names: {@value #SECONDS} s instead of 30, and unknown
 * names as long instead of 10. A node resolves names seldom, and then needs the present address.
 */
public final class NameCache {
  private static final String SECONDS = "1";

  private NameCache() {}

  /** Shortens the time, unless the user has set it; to be called before any name is looked up. */
  public static void shorten() {
    if (Security.getProperty("networkaddress.cache.ttl") == null
        && System.getProperty("sun.net.inetaddr.ttl") == null) {
      Security.setProperty("networkaddress.cache.ttl", SECONDS);
      Security.setProperty("networkaddress.cache.negative.ttl", SECONDS);
    }
  }
}
