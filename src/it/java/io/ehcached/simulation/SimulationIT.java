package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class SimulationIT {
  private static final int SEEDS = 1000;

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

  @ParameterizedTest
  @EnumSource
  void scriptBreaksNoPromise(Script script) {
    assertThat(script.scenarios())
        .allSatisfy(
            scenario ->
                assertThat(Simulation.run(scenario).violations())
                    .as("seed %d", scenario.seed())
                    .isEmpty());
  }
}
