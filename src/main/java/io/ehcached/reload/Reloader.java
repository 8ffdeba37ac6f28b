package io.ehcached.reload;

import io.ehcached.config.Finding;
import io.ehcached.config.Finding.Severity;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.reload.Reloadable.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a changed {@code ehcache.xml} to a running node as far as possible, and reports what was
 * applied and what was not.
 */
final class Reloader {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
  private static final String RESTART = "restart the node for it";

  private final Reloadable parts;
  private final String region;
  private final CurrentSettings inEffect;
  private Set<String> told;

  /**
   * Makes it for a node that was started.
   *
   * @param started what it was started with
   */
  Reloader(NodeConfiguration started, Reloadable parts) {
    this.parts = parts;
    this.region = started.regionName();
    this.inEffect = new CurrentSettings(started);
    this.told = findings(started);
  }

  private static Set<String> findings(NodeConfiguration of) {
    Set<String> texts = new HashSet<>();
    of.findings().forEach(finding -> texts.add(finding.text()));
    return texts;
  }

  /** Tells why a file cannot be used, which changes nothing. */
  void refuse(NodeConfiguration wanted) {
    wanted.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .forEach(finding -> LOG.error("{}", finding));
    LOG.error("{} cannot be used: nothing changes", wanted.file());
  }

  /**
   * Takes over what a file says.
   *
   * @param asked whether a person asked for it, who is told of all that is left over
   * @param first whether it may be the very file that the node was started with
   * @return whether something may be taken over later that was refused now: a port may get free
   */
  boolean take(NodeConfiguration wanted, boolean asked, boolean first) {
    Set<String> before = asked ? Set.of() : told;
    Set<String> now = findings(wanted);
    if (!Objects.equals(region, wanted.regionName())) {
      tell(
          wanted.file()
              + ": the region to serve is "
              + wanted.regionName()
              + " now, and was "
              + region
              + "; nothing of the file is taken over: "
              + RESTART,
          before,
          now);
      told = now;
      return false;
    }
    for (Finding finding : wanted.findings()) {
      if (finding.severity() == Severity.WARNING && !before.contains(finding.text())) {
        LOG.warn("{}", finding);
      }
    }
    List<Difference> differences = inEffect.differences(wanted);
    boolean nothing = true;
    boolean later = false;
    for (Part part : Part.values()) {
      List<Difference> those = differences.stream().filter(d -> d.part() == part).toList();
      if (!those.isEmpty()) {
        nothing = false;
        boolean taken = take(part, those, wanted, before, now);
        later |= !taken && (part == Part.LISTENER || part == Part.PEERS);
      }
    }
    if (nothing && (asked || !first)) {
      LOG.info("{} was reloaded: no setting changed", wanted.file());
    }
    told = now;
    return later;
  }

  private boolean take(
      Part part,
      List<Difference> those,
      NodeConfiguration wanted,
      Set<String> before,
      Set<String> now) {
    try {
      switch (part) {
        case LISTENER -> parts.listener(wanted);
        case PEERS -> parts.peers(wanted);
        case REPLICATOR -> parts.replicator(wanted);
        case BOUND -> parts.bound(wanted);
        case LIFESPAN -> parts.lifespan(wanted);
        case START -> {} // kept in the file until then
        case FIXED -> throw new RefusedException(RESTART);
      }
    } catch (RefusedException e) {
      those.forEach(difference -> tell(difference.left(e.getMessage()), before, now));
      return false;
    }
    inEffect.took(those);
    those.forEach(
        difference ->
            LOG.info(
                "{}{}", difference.taken(), part == Part.START ? " (from the next start on)" : ""));
    return true;
  }

  private static void tell(String text, Set<String> before, Set<String> now) {
    now.add(text);
    if (!before.contains(text)) {
      LOG.warn("{}", text);
    }
  }
}
