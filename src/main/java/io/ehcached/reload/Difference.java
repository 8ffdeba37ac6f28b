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
        ? where + ": " + setting.name() + " was removed, and was " + shown(before)
        : where + ": " + setting.name() + " is now " + shown(now) + ", and was " + shown(before);
  }

  /** Tells of it when it has no effect, and what to do about that. */
  String left(String mend) {
    return where + ": " + left() + "; " + mend;
  }

  private String left() {
    if (setting.name().isEmpty()) {
      return "that it is " + (now == null ? "gone" : "new") + " has no effect yet";
    }
    if (now == null) {
      return setting.name() + "=" + shown(before) + " is gone, and still in effect";
    }
    return setting.name()
        + "="
        + shown(now)
        + " has no effect yet"
        + (before == null ? "" : ", in effect is " + shown(before));
  }

  private String shown(String value) {
    if (value == null) {
      return "not set";
    }
    if (setting.name().equals("maxBytesLocalHeap")) {
      long bytes = Long.parseLong(value);
      return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + "m" : value;
    }
    if (value.isEmpty()) {
      return setting.name().equals("rmiUrls") ? "without other nodes" : "nothing";
    }
    return value;
  }
}
