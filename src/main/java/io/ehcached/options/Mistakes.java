package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;

/** The mistakes and warnings of a command line, collected so that all are reported together. */
class Mistakes {
  private final List<String> warnings = new ArrayList<>();
  private final List<UsageException> faults = new ArrayList<>();

  /** A step that reads a value, which may be wrong. */
  interface Reading<T> {
    T read() throws UsageException;
  }

  /** Returns the value read; if it is wrong, records the mistake and returns {@code otherwise}. */
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

  /** Returns the warnings, a line each; more can be added. */
  final List<String> warnings() {
    return warnings;
  }

  /** Returns the mistakes. */
  final List<UsageException> faults() {
    return faults;
  }
}
