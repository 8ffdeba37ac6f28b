package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A few seeds, and the tools around them; {@code SimulationIT} runs many, and all scripts. */
class SimulationTest {
  private static final int SEEDS = 50;

  private final Logger log = (Logger) LoggerFactory.getLogger("io.ehcached");
  private Level level;

  @BeforeEach
  void quiet() {
    level = log.getLevel();
    Simulate.quiet();
  }

  @AfterEach
  void loud() {
    log.setLevel(level);
  }

  @Test
  void nodes_keepWhatTheyPromise_whateverHappens() throws InterruptedException {
    assertThat(Simulate.run(1, SEEDS)).isEmpty();
  }

  @Test
  void seed_goesTheSameWayEachTime() {
    for (long seed = 1; seed < 20; seed++) {
      Simulation.Outcome once = Simulation.run(Scenario.of(seed));
      assertThat(Simulation.run(Scenario.of(seed))).isEqualTo(once);
    }
  }

  @Test
  void script_isShortenedToWhatFails() {
    Scenario whole = Scenario.of(1);
    Scenario.Step last = whole.steps().get(whole.steps().size() - 1);
    Scenario shortest = new Shrinker(scenario -> scenario.steps().contains(last)).shrink(whole);
    assertThat(shortest.steps()).isEqualTo(List.of(last));
  }
}
