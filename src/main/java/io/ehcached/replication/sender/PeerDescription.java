package io.ehcached.replication.sender;

import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.settings.ComparedSetting;
import io.ehcached.replication.status.SettingDifference;
import io.ehcached.replication.wire.NodeDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one peer describes itself, held against this node: where their settings differ, the log says
 * so once. Safe for use by many threads.
 */
final class PeerDescription {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class); // as operators know

  /** What clocks may differ before operators are told, in seconds. */
  private static final long SAME_CLOCK_SECONDS = 10;

  private final Supplier<String> shown;
  private final LocalReplica local;
  private final PeerCalls.Met met;
  private volatile NodeDescription peer = NodeDescription.NONE;
  private List<String> told = List.of(); // guarded by this

  /**
   * Makes the description of a peer that has told nothing.
   *
   * @param shown how the log names the peer
   */
  PeerDescription(Supplier<String> shown, LocalReplica local, PeerCalls.Met met) {
    this.shown = shown;
    this.local = local;
    this.met = met;
  }

  /** Returns the peer's name; empty if it has told none. */
  String name() {
    return peer.name();
  }

  /** Takes the peer's name from how it describes itself, and compares nothing yet. */
  void greeted(NodeDescription description) {
    peer = description;
  }

  /** Takes note of how the peer describes itself. */
  synchronized void heard(NodeDescription description) {
    peer = description;
    List<SettingDifference> differences = differences();
    List<String> now = differences.stream().map(PeerDescription::news).toList();
    if (now.equals(told)) {
      return;
    }
    told = now;
    tell(differences);
  }

  /** Returns what makes a difference another than the one before: the time does not. */
  private static String news(SettingDifference difference) {
    return difference.name().equals("clock") ? "clock" : difference.toString();
  }

  private void tell(List<SettingDifference> differences) {
    String diverging = text(differences, true);
    String noted = text(differences, false);
    if (!diverging.isEmpty()) {
      LOG.warn(
          "Peer {} differs from this node: {}. Clients may find other items there; make it the same"
              + " on all nodes.",
          shown.get(),
          diverging);
    }
    if (!noted.isEmpty()) {
      LOG.info("Peer {} differs from this node, which does no harm: {}", shown.get(), noted);
    }
    if (differences.isEmpty()) {
      LOG.info("Peer {} has the same settings as this node", shown.get());
    }
  }

  private static String text(List<SettingDifference> differences, boolean diverging) {
    return differences.stream()
        .filter(difference -> difference.diverging() == diverging)
        .map(SettingDifference::toString)
        .collect(Collectors.joining("; "));
  }

  /** Returns in what the peer and this node differ, as far as both tell. */
  List<SettingDifference> differences() {
    Map<String, String> here = local.description().values();
    Map<String, String> there = peer.values();
    List<SettingDifference> differences = new ArrayList<>();
    for (ComparedSetting setting : ComparedSetting.values()) {
      String mine = here.get(setting.shown());
      String theirs = there.get(setting.shown());
      if (mine != null && theirs != null && !mine.equals(theirs)) {
        differences.add(
            new SettingDifference(setting.shown(), mine, theirs, setting.isDiverging()));
      }
    }
    long ahead = TimeUnit.MILLISECONDS.toSeconds(met.offset());
    if (Math.abs(ahead) >= SAME_CLOCK_SECONDS) {
      differences.add(
          new SettingDifference("clock", "0 s", (ahead > 0 ? "+" : "") + ahead + " s", true));
    }
    return differences;
  }
}
