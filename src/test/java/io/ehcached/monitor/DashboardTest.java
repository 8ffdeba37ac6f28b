package io.ehcached.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules by themselves; a running node has what they ask for. */
class DashboardTest {
  private static final Path DASHBOARD = Path.of("docs/grafana.json");

  @TempDir private Path directory;

  private static List<Map<?, ?>> panels() throws IOException {
    Map<String, Object> dashboard = JsonText.object(Files.readString(DASHBOARD));
    List<Map<?, ?>> panels = new ArrayList<>();
    ((List<?>) dashboard.get("panels")).forEach(panel -> panels.add((Map<?, ?>) panel));
    return panels;
  }

  @Test
  void panels_haveAPlaceAndANumberOfTheirOwn() throws IOException {
    Set<Object> numbers = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (Map<?, ?> panel : panels()) {
      assertThat(numbers.add(panel.get("id"))).as("%s", panel).isTrue();
      Map<?, ?> at = (Map<?, ?>) panel.get("gridPos");
      for (double x = (Double) at.get("x"); x < end(at, "x", "w"); x++) {
        assertThat(x).isLessThan(24);
        for (double y = (Double) at.get("y"); y < end(at, "y", "h"); y++) {
          assertThat(places.add(x + "," + y)).as("%s", panel.get("title")).isTrue();
        }
      }
    }
  }

  private static double end(Map<?, ?> at, String from, String size) {
    return (Double) at.get(from) + (Double) at.get(size);
  }

  @Test
  void questions_areAsPrometheusReadsThem() throws IOException {
    StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
    int questions = 0;
    for (Map<?, ?> panel : panels()) {
      List<?> targets = panel.get("targets") instanceof List<?> some ? some : List.of();
      for (Object target : targets) {
        String question = ((Map<?, ?>) target).get("expr").toString();
        questions++;
        rules
            .append("  - record: question:")
            .append(questions)
            .append("\n    expr: |\n      ")
            .append(question.replace("$__rate_interval", "5m"))
            .append('\n');
      }
    }
    Path file = Files.writeString(directory.resolve("rules.yml"), rules);

    assertThat(questions).isGreaterThan(30);
    assertThat(Promtool.run("", "check", "rules", file.toString()))
        .contains("SUCCESS: " + questions + " rules found");
  }

  @Test
  void alerts_goOffWhenTheyShould() throws IOException {
    Path file = Path.of("docs/alerts.yml");
    List<String> alerts =
        Pattern.compile("- alert: (\\w+)")
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    String tested = Files.readString(Path.of("src/test/resources/monitor/alerts-test.yml"));
    String documented = Files.readString(Path.of("docs/monitoring.md"));

    assertThat(alerts)
        .hasSizeGreaterThan(6)
        .allSatisfy(
            alert -> {
              assertThat(tested).contains("alertname: " + alert + "\n        exp_alerts:");
              assertThat(documented).contains("| `" + alert + "` |");
            });
    assertThat(Promtool.run("", "check", "rules", file.toString()))
        .contains("SUCCESS: " + alerts.size() + " rules found");
    assertThat(Promtool.run("", "test", "rules", "src/test/resources/monitor/alerts-test.yml"))
        .contains("SUCCESS");
  }
}
