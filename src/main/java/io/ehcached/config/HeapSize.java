package io.ehcached.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * How many bytes of heap the regions of an {@code ehcache.xml} may fill, found without Ehcache: a
 * launcher asks before the node's JVM exists. What it cannot tell it leaves open; checking the file
 * is not its work.
 */
public final class HeapSize extends DefaultHandler {
  private static final String BYTES = "maxBytesLocalHeap";

  /** The bounds as written, by region; null for one without. */
  private final Map<String, String> regions = new LinkedHashMap<>();

  private String pool;
  private String defaultBound;

  private HeapSize() {}

  /**
   * Returns the bytes that the regions may fill together; empty when the region served has no bound
   * in bytes, or the file cannot be read.
   *
   * @param region the region served; empty is the only one there, else {@code memcached}
   * @param limit the bound in bytes that replaces the one which the file gives the region
   */
  public static OptionalLong of(Path file, Optional<String> region, OptionalLong limit) {
    HeapSize found = new HeapSize();
    try (InputStream in = Files.newInputStream(file)) {
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.newSAXParser().parse(in, found);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      return limit; // the node itself says what is wrong with the file
    }
    return found.sum(region, limit);
  }

  private OptionalLong sum(Optional<String> region, OptionalLong limit) {
    if (limit.isEmpty() && pool != null) {
      return parse(pool);
    }
    String served =
        region.orElse(regions.size() == 1 ? regions.keySet().iterator().next() : "memcached");
    String written = regions.containsKey(served) ? regions.get(served) : defaultBound;
    OptionalLong own = limit.isPresent() ? limit : parse(written);
    if (own.isEmpty()) {
      return own;
    }
    long sum = own.getAsLong();
    for (Map.Entry<String, String> other : regions.entrySet()) {
      if (!other.getKey().equals(served)) {
        sum += parse(other.getValue()).orElse(0);
      }
    }
    return OptionalLong.of(sum);
  }

  /**
   * Reads a size as Ehcache does: a number, with a unit from {@code k} to {@code t} behind it.
   * Percentages and {@code ${properties}} depend on what is not known yet.
   */
  private static OptionalLong parse(String size) {
    if (size == null || !size.matches("\\d{1,15}[kKmMgGtT]?")) {
      return OptionalLong.empty();
    }
    int last = size.length() - 1;
    int unit = "kmgt".indexOf(Character.toLowerCase(size.charAt(last)));
    long bytes =
        unit < 0
            ? Long.parseLong(size)
            : Long.parseLong(size.substring(0, last)) << (10 * (unit + 1));
    return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  @Override
  public void startElement(String uri, String local, String name, Attributes attributes) {
    switch (name) {
      case "ehcache" -> pool = attributes.getValue(BYTES);
      case "defaultCache" -> defaultBound = attributes.getValue(BYTES);
      case "cache" -> regions.put(attributes.getValue("name"), attributes.getValue(BYTES));
      default -> {}
    }
  }

  /** Returns nothing for whatever the file refers to: no start waits for another host. */
  @Override
  public InputSource resolveEntity(String publicId, String systemId) {
    return new InputSource(InputStream.nullInputStream());
  }
}
