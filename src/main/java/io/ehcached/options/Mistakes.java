package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with what was asked for, and what a person should know of it, so that all
 * can be told at once.
 */
class Mistakes {
  private final List<String> warnings = new ArrayList<>();
  private final List<UsageException> faults = new ArrayList<>();

  /** Reads something that may be wrong. */
  interface Reading<T> {
    T read() throws UsageException;
  }

  /** Returns what is read; where it is wrong, notes that, and returns what stands in for it. */
  final <T> T or(T otherwise, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UsageException e) {
      fault(e);
      return otherwise;
    }
  }

  final void warn(String message) {
    warnings.add(message);
  }

  final void fault(String message) {
    fault(UsageException.badValue(message));
  }

  final void fault(UsageException mistake) {
    faults.add(mistake);
  }

  /** Returns what a person should know, a line each; more can be added. */
  final List<String> warnings() {
    return warnings;
  }

  /** Returns what is wrong. */
  final List<UsageException> faults() {
    return faults;
  }
}
