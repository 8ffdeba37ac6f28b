package io.ehcached.options;

import java.util.ArrayList;
import java.util.List;

/** The mistakes and warnings of a command line, collected so that all are reported together. */
public class Mistakes {
  private final List<String> warnings = new ArrayList<>();
  private final List<UsageException> faults = new ArrayList<>();

  /** A step that reads a value, which may be wrong. */
  interface Reading<T> {
    T read() throws UsageException;
  }

  /** Runs a check that may find a mistake. */
  @FunctionalInterface
  public interface Check {
    /** Runs it. */
    void run() throws UsageException;
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

  /** Looks at something; where it is wrong, notes that. */
  public final void check(Check check) {
    try {
      check.run();
    } catch (UsageException e) {
      fault(e);
    }
  }

  /** Notes what a person should know, in a line. */
  public final void warn(String message) {
    warnings.add(message);
  }

  /** Notes what is wrong, in a line. */
  public final void fault(String message) {
    fault(UsageException.badValue(message));
  }

  final void fault(UsageException mistake) {
    faults.add(mistake);
  }

  /** Returns the warnings, a line each; more can be added. */
  public final List<String> warnings() {
    return warnings;
  }

  /** Returns the mistakes, a line each, without repetitions. */
  public final List<String> lines() {
    return faults.stream().flatMap(fault -> fault.mistakes().stream()).distinct().toList();
  }

  /** Returns the mistakes. */
  final List<UsageException> faults() {
    return faults;
  }
}
