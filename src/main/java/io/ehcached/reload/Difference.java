package io.ehcached.reload;

import io.ehcached.config.Setting;

/**
 * A setting of which a file says something else than is in effect.
 *
 * @param before what is in effect; null where the setting is not
 * @param now what the file says; null where it says nothing
 * @param where the file's line and the element
 */
record Difference(Setting setting, String before, String now, String where) {
  private static final long MEGABYTE = 1024 * 1024;

  Part part() {
    return Part.of(setting);
  }

  /** Tells of it once it is in effect. */
  String taken() {
    if (setting.name().isEmpty()) {
      return where + (now == null ? ": is gone" : ": is new");
    }
    return now == null
        ? where + ": " + setting.name() + " is not said any more, and was " + shown(before)
        : where + ": " + setting.name() + " is now " + shown(now) + ", and was " + shown(before);
  }

  /** Tells of it when it takes more than a change of the file. */
  String left(String mend) {
    String what =
        setting.name().isEmpty()
            ? (now == null ? "is gone" : "is new")
            : (now == null ? "no " + setting.name() : setting.name() + "=" + shown(now))
                + " is not in effect, but "
                + shown(before);
    return where + ": " + what + "; " + mend;
  }

  private String shown(String value) {
    if (value == null) {
      return "not said";
    }
    if (setting.name().equals("maxBytesLocalHeap")) {
      long bytes = Long.parseLong(value);
      return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + "m" : value;
    }
    return value.isEmpty() ? "nothing" : value;
  }
}
