package io.ehcached.reload;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.Setting;
import io.ehcached.config.Setting.Said;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings in effect in a running node: those it was started with, and those it has applied
 * since.
 */
final class CurrentSettings {
  private final Map<Setting, String> values = new LinkedHashMap<>();

  CurrentSettings(NodeConfiguration started) {
    started.settings().forEach((setting, said) -> values.put(setting, said.value()));
  }

  /**
   * Returns where a file that can be used differs; of an element that is new or gone, only that.
   */
  List<Difference> differences(NodeConfiguration wanted) {
    Set<Setting> all = new LinkedHashSet<>(wanted.settings().keySet());
    all.addAll(values.keySet());
    List<Difference> differences = new ArrayList<>();
    for (Setting setting : all) {
      Said said = wanted.settings().get(setting);
      String now = said == null ? null : said.value();
      String before = values.get(setting);
      boolean both = isIn(setting, values.keySet()) && isIn(setting, wanted.settings().keySet());
      boolean same = now == null ? before == null : now.equals(before);
      if (!same && (both || setting.name().isEmpty())) {
        differences.add(new Difference(setting, before, now, where(setting, wanted)));
      }
    }
    return differences;
  }

  private static boolean isIn(Setting setting, Set<Setting> settings) {
    return settings.contains(new Setting(setting.path(), ""));
  }

  private static String where(Setting setting, NodeConfiguration wanted) {
    Said said = wanted.settings().get(setting);
    if (said == null) {
      said = wanted.settings().get(new Setting(setting.path(), ""));
    }
    return said == null ? wanted.file() + ": " + setting.element() : said.where();
  }

  /** Notes that these are in effect from now on. */
  void took(Collection<Difference> differences) {
    for (Difference difference : differences) {
      if (difference.now() == null) {
        values.remove(difference.setting());
      } else {
        values.put(difference.setting(), difference.now());
      }
    }
  }
}
