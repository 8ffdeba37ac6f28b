package io.ehcached.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of ehcached and of the memcached that it matches. */
public final class Version {
  /** The version of memcached whose behaviour is matched. Clients and their test tools parse it. */
  public static final String MEMCACHED = "1.6.45";

  private Version() {}

  /**
   * Returns the line that {@code -V} prints, for example {@code memcached 1.6.45 (ehcached 0.1.0)}.
   */
  public static String line() {
    return "memcached " + MEMCACHED + " (ehcached " + own() + ")";
  }

  /** Returns ehcached's own version, for example {@code 0.1.0}. */
  public static String own() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
