package io.ehcached.simulation;

import io.ehcached.item.Key;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that everything that a node keeps for replication is bounded. It finds all collections
 * that the classes of the store and of replication hold, so that one which is added has to be given
 * a bound here.
 */
final class MemoryOracle {
  private static final String PACKAGE = "io.ehcached.";
  private static final String TESTS = "io.ehcached.simulation.";

  /** A field that may hold a collection, or something that has one. */
  private record Holding(Field field, String name) {}

  private static final ClassValue<List<Holding>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Holding> computeValue(Class<?> type) {
          List<Holding> fields = new ArrayList<>();
          for (Class<?> at = type; at != null && isOurs(at); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers()) && isOfUse(field.getType())) {
                field.setAccessible(true);
                fields.add(new Holding(field, at.getSimpleName() + "." + field.getName()));
              }
            }
          }
          return fields;
        }
      };

  private final Oracle oracle;
  private final Map<String, Long> bounds;

  MemoryOracle(Scenario.Settings settings, Oracle oracle) {
    this.oracle = oracle;
    this.bounds = Bounds.of(settings);
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith(PACKAGE)
        && !type.getName().startsWith(TESTS)
        && !type.isHidden()
        && !type.isEnum();
  }

  private static boolean isOfUse(Class<?> type) {
    return !type.isPrimitive() && type != String.class && type != byte[].class && type != Key.class;
  }

  /** Looks at all that a node keeps. */
  void look(SimulatedNode node) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(node.store, node.replicator));
    while (!open.isEmpty()) {
      Object holder = open.poll();
      if (seen.add(holder)) {
        for (Holding holding : FIELDS.get(holder.getClass())) {
          look(node, holder, holding, open);
        }
      }
    }
  }

  private void look(SimulatedNode node, Object holder, Holding holding, Deque<Object> open) {
    Object value;
    try {
      value = holding.field().get(holder);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    int size = size(value);
    if (size >= 0) {
      Long bound = bounds.get(holding.name());
      if (bound == null || size > bound) {
        oracle.violation(
            "memory",
            "node %d keeps %d in %s, whose bound is %s"
                .formatted(node.number, size, holding.name(), bound == null ? "unknown" : bound));
      }
    }
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(element -> open(element, open));
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(element -> open(element, open));
    } else if (value instanceof Object[] array) {
      for (Object element : array) {
        open(element, open);
      }
    } else {
      open(value, open);
    }
  }

  private static void open(Object value, Deque<Object> open) {
    if (value != null && !FIELDS.get(value.getClass()).isEmpty()) { // most are items
      open.add(value);
    }
  }

  /** Returns how much there is in a collection, or -1 for anything else. */
  private static int size(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.size();
    } else if (value instanceof Collection<?> collection) {
      return collection.size();
    } else if (value instanceof Object[] array) {
      int size = 0;
      for (Object element : array) {
        size += element == null ? 0 : 1;
      }
      return size;
    }
    return value != null && value.getClass().isArray() ? Array.getLength(value) : -1;
  }
}
