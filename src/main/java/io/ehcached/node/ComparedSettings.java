package io.ehcached.node;

import static io.ehcached.replication.settings.ComparedSetting.ASYNCHRONOUSLY;
import static io.ehcached.replication.settings.ComparedSetting.BOUND;
import static io.ehcached.replication.settings.ComparedSetting.CLUSTER;
import static io.ehcached.replication.settings.ComparedSetting.MAX_ITEM_SIZE;
import static io.ehcached.replication.settings.ComparedSetting.PERSISTENCE;
import static io.ehcached.replication.settings.ComparedSetting.PUTS;
import static io.ehcached.replication.settings.ComparedSetting.PUTS_VIA_COPY;
import static io.ehcached.replication.settings.ComparedSetting.RELEASE;
import static io.ehcached.replication.settings.ComparedSetting.REMOVALS;
import static io.ehcached.replication.settings.ComparedSetting.TIME_TO_IDLE;
import static io.ehcached.replication.settings.ComparedSetting.TIME_TO_LIVE;
import static io.ehcached.replication.settings.ComparedSetting.UPDATES;
import static io.ehcached.replication.settings.ComparedSetting.UPDATES_VIA_COPY;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.RegionBound;
import io.ehcached.options.Version;
import io.ehcached.replication.settings.ComparedSetting;
import io.ehcached.replication.settings.ReplicationSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration;

/** The settings of a node that peers compare with theirs, as they are at the moment. */
final class ComparedSettings {
  private final CacheConfiguration region;
  private final int maxItemSize;
  private final String cluster; // null where the file names none

  ComparedSettings(NodeConfiguration configuration, CacheConfiguration region, int maxItemSize) {
    this.region = region;
    this.maxItemSize = maxItemSize;
    this.cluster = configuration.peers().discovery().clusterName();
  }

  /** Returns them, by the names that nodes tell each other. */
  Map<String, String> values(ReplicationSettings replication) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean eternal = region.isEternal();
    put(values, TIME_TO_LIVE, eternal ? 0 : region.getTimeToLiveSeconds());
    put(values, TIME_TO_IDLE, eternal ? 0 : region.getTimeToIdleSeconds());
    ReplicationSettings.Changes changes = replication.changes();
    put(values, PUTS, changes.puts());
    put(values, PUTS_VIA_COPY, changes.putsViaCopy());
    put(values, UPDATES, changes.updates());
    put(values, UPDATES_VIA_COPY, changes.updatesViaCopy());
    put(values, REMOVALS, changes.removals());
    put(values, ASYNCHRONOUSLY, replication.asynchronous());
    put(values, MAX_ITEM_SIZE, maxItemSize);
    if (cluster != null) {
      put(values, CLUSTER, cluster);
    }
    put(
        values,
        BOUND,
        new RegionBound(region.getMaxBytesLocalHeap(), region.getMaxEntriesLocalHeap()));
    put(values, PERSISTENCE, persistence());
    put(values, RELEASE, Version.own());
    return values;
  }

  private static void put(Map<String, String> values, ComparedSetting setting, Object value) {
    values.put(setting.shown(), value.toString().replace(" of heap", "").replace(' ', '_'));
  }

  private String persistence() {
    PersistenceConfiguration persistence = region.getPersistenceConfiguration();
    return persistence == null ? "none" : persistence.getStrategy().name().toLowerCase(Locale.ROOT);
  }
}
