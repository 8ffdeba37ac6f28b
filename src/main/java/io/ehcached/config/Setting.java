package io.ehcached.config;

/**
 * Names one thing that an {@code ehcache.xml} says: an attribute of an element, or a property of a
 * factory.
 *
 * @param path the element's tag, behind that of {@code <cache>} where it is in one, such as {@code
 *     cache/bootstrapCacheLoaderFactory}; with a blank and the class behind it where Ehcache takes
 *     factories of several classes
 * @param name of the attribute or the property; empty for the element's being there at all
 */
public record Setting(String path, String name) {
  /**
   * What is said.
   *
   * @param value as it takes effect
   * @param where the file's line and the element, as findings have it
   */
  public record Said(String value, String where) {}

  /** Returns the element that it belongs to, as a person writes it. */
  public String element() {
    String tag = path.substring(path.lastIndexOf('/') + 1);
    int end = tag.indexOf(' ');
    return "<" + (end < 0 ? tag : tag.substring(0, end)) + ">";
  }
}
