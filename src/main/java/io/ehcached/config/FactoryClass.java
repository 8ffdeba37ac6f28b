package io.ehcached.config;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import net.sf.ehcache.bootstrap.BootstrapCacheLoaderFactory;
import net.sf.ehcache.distribution.CacheManagerPeerListenerFactory;
import net.sf.ehcache.distribution.CacheManagerPeerProviderFactory;
import net.sf.ehcache.event.CacheEventListenerFactory;
import net.sf.ehcache.event.CacheManagerEventListenerFactory;
import net.sf.ehcache.extension.CacheExtensionFactory;
import net.sf.ehcache.loader.CacheLoaderFactory;

/** The check whether a factory's class is one that Ehcache can make and use; it runs none of it. */
final class FactoryClass {
  /** What Ehcache casts the factory of each element to. */
  private static final Map<String, Class<?>> BY_ELEMENT =
      Map.of(
          "cacheManagerEventListenerFactory", CacheManagerEventListenerFactory.class,
          "cacheManagerPeerProviderFactory", CacheManagerPeerProviderFactory.class,
          "cacheManagerPeerListenerFactory", CacheManagerPeerListenerFactory.class,
          "bootstrapCacheLoaderFactory", BootstrapCacheLoaderFactory.class,
          "cacheEventListenerFactory", CacheEventListenerFactory.class,
          "cacheExtensionFactory", CacheExtensionFactory.class,
          "cacheLoaderFactory", CacheLoaderFactory.class);

  private FactoryClass() {}

  /** Tells whether the class, and those that it is derived from, are on the class path. */
  static boolean isLoadable(XmlElement factory) {
    return factory.attribute("class") != null && load(factory).isPresent();
  }

  /** Returns what is wrong with a class that is on the class path; empty if nothing is. */
  static Optional<String> fault(XmlElement factory) {
    Class<?> wanted = BY_ELEMENT.get(factory.name());
    Class<?> type = load(factory).orElse(null);
    if (type == null || wanted == null) {
      return Optional.empty();
    }
    String is = "the class " + type.getName() + " ";
    if (!wanted.isAssignableFrom(type)) {
      return Optional.of(is + "is not a " + wanted.getName());
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return Optional.of(is + "is abstract, so that nothing can be made of it");
    }
    try {
      boolean open =
          Modifier.isPublic(type.getModifiers())
              && Modifier.isPublic(type.getDeclaredConstructor().getModifiers());
      return open ? Optional.empty() : Optional.of(is + "or its constructor is not public");
    } catch (NoSuchMethodException | LinkageError e) {
      return Optional.of(is + "has no constructor without arguments");
    }
  }

  private static Optional<Class<?>> load(XmlElement factory) {
    try {
      return Optional.of(
          Class.forName(factory.attribute("class"), false, FactoryClass.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
