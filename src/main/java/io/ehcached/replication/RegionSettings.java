package io.ehcached.replication;

import java.util.Locale;
import java.util.Properties;

/** Reads the settings of a region's factories from the properties that Ehcache hands them. */
final class RegionSettings {
  private RegionSettings() {}

  static ReplicationSettings replicator(Properties properties) {
    ReplicationSettings defaults = ReplicationSettings.defaults();
    return defaults
        .asynchronous(truth(properties, "replicateAsynchronously"))
        .replicating(
            truth(properties, "replicatePuts"),
            truth(properties, "replicatePutsViaCopy"),
            truth(properties, "replicateUpdates"),
            truth(properties, "replicateUpdatesViaCopy"),
            truth(properties, "replicateRemovals"))
        .sending(
            number(
                properties,
                "asynchronousReplicationMaximumBatchSize",
                ReplicationSettings.DEFAULT_BATCH_ITEMS),
            defaults.callMillis());
  }

  static BootstrapSettings bootstrap(Properties properties) {
    return new BootstrapSettings(
        truth(properties, "bootstrapAsynchronously"),
        number(properties, "maximumChunkSizeBytes", BootstrapSettings.DEFAULT_CHUNK_BYTES));
  }

  private static boolean truth(Properties properties, String name) {
    String value = text(properties, name);
    return value == null || value.toLowerCase(Locale.ROOT).equals("true"); // as Ehcache reads it
  }

  private static int number(Properties properties, String name, int missing) {
    String value = text(properties, name);
    if (value == null) {
      return missing;
    }
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the same complaint
    }
    throw new IllegalArgumentException(
        name + "=" + value + " is wrong; write a number of 1 or more");
  }

  private static String text(Properties properties, String name) {
    String value = properties == null ? null : properties.getProperty(name);
    return value == null || value.isBlank() ? null : value.trim();
  }
}
