package io.ehcached.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The processor time of a process, in seconds as memcached writes them.
 *
 * @param user in its own code
 * @param system in the kernel's
 */
record CpuTime(String user, String system) {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux in use
  private static final int USER_FIELD = 14; // proc(5); fields count from 1
  private static final int SYSTEM_FIELD = 15;
  private static final int FIRST_FIELD_BEHIND_NAME = 3;

  /** Returns the time of this process, or null if the system does not report both parts. */
  static CpuTime ofThisProcess() {
    try {
      return parse(Files.readString(STAT, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Parses a line of {@code /proc/[pid]/stat}, whose second field may contain blanks and brackets.
   */
  static CpuTime parse(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return new CpuTime(seconds(fields, USER_FIELD), seconds(fields, SYSTEM_FIELD));
  }

  private static String seconds(String[] fields, int field) {
    long ticks = Long.parseLong(fields[field - FIRST_FIELD_BEHIND_NAME]);
    return String.format(Locale.ROOT, "%.6f", ticks / TICKS_PER_SECOND);
  }
}
